/** The checks for MicroProfile Health. The container never sees this package's checks where that is absent. */
package org.understudy.cdi.health;
