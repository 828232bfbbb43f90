package org.understudy.store;

import java.lang.management.ManagementFactory;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;

/** How much memory outside its heap this Java gives to buffers. */
final class DirectMemory {
    private static final String OPTION = "MaxDirectMemorySize";

    /** Asked by its name: the interface is in a module that a server may keep from its applications. */
    private static final String HOTSPOT = "com.sun.management:type=HotSpotDiagnostic";

    private DirectMemory() {}

    /** What {@code -XX:MaxDirectMemorySize} says, which is as much as the heap may have where nothing is said. */
    static long maxBytes() {
        long said = said(OPTION);
        return said > 0 ? said : Runtime.getRuntime().maxMemory();
    }

    /** What an option says; 0 where nothing does. */
    static long said(String name) {
        try {
            CompositeData option = (CompositeData) ManagementFactory.getPlatformMBeanServer()
                    .invoke(new ObjectName(HOTSPOT), "getVMOption", new Object[] {name}, new String[] {
                        String.class.getName()
                    });
            return Long.parseLong((String) option.get("value"));
        } catch (InstanceNotFoundException | RuntimeMBeanException e) {
            return 0; // no HotSpot, or one that has no such option
        } catch (JMException e) {
            throw new IllegalStateException("The JVM does not tell its " + name, e);
        }
    }
}
