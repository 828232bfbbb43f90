package org.understudy.it.openwebbeans;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.understudy.cdi.mastership.MasterOnly;
import org.understudy.cdi.mastership.Otherwise;

/** The application's own word for what the master alone does, and nobody else. */
@MasterOnly(otherwise = Otherwise.SKIP)
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Leading {}
