/** What MicroProfile Config says about an application's environments, and everything that is wrong with it. */
package org.understudy.cdi.config;
