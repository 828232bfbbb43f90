package org.understudy.cdi.mastership;

import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;

/** Calls methods of beans from outside, with all their interceptors, in a request of its own. */
final class BeanCalls {

    private final BeanManager beanManager;

    BeanCalls(BeanManager beanManager) {
        this.beanManager = beanManager;
    }

    Object call(Bean<?> bean, Method method, Object[] arguments) throws Exception {
        Instance<RequestContextController> controllers =
                beanManager.createInstance().select(RequestContextController.class);
        RequestContextController request = controllers.get();
        boolean activated = request.activate();
        CreationalContext<?> context = beanManager.createCreationalContext(bean);
        try {
            Method reached = reached(bean, method);
            Object reference = beanManager.getReference(bean, reached.getDeclaringClass(), context);
            reached.setAccessible(true);
            return reached.invoke(reference, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        } finally {
            context.release();
            if (activated) {
                request.deactivate();
            }
            controllers.destroy(request);
        }
    }

    /** The method as a type of the bean has it: an EJB may be known by its interfaces alone. */
    private static Method reached(Bean<?> bean, Method method) throws NoSuchMethodException {
        if (bean.getTypes().contains(method.getDeclaringClass())) {
            return method;
        }
        for (Type type : bean.getTypes()) {
            if (type instanceof Class<?> named && named != Object.class) {
                for (Method one : named.getMethods()) {
                    if (one.getName().equals(method.getName())
                            && Arrays.equals(one.getParameterTypes(), method.getParameterTypes())) {
                        return one;
                    }
                }
            }
        }
        throw new NoSuchMethodException(method + " is in no type of the bean " + bean);
    }
}
