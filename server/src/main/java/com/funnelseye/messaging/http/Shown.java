package com.funnelseye.messaging.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// On a record's component or a controller's argument: what the API's description cannot read off its Java type.
@Target({ElementType.METHOD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
public @interface Shown {

    /// Asked for in words of our own when it is missing, hence nullable in Java.
    boolean required() default false;

    /// The only values there are, of a text.
    String[] words() default {};

    /// What the JSON looks like, of a text that holds JSON or of JSON that is read as a tree.
    Class<?> as() default void.class;
}
