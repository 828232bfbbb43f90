/** What stands behind the application's handles, in bytes: this process's own storage, or the process that has the home. */
package org.understudy.backend;
