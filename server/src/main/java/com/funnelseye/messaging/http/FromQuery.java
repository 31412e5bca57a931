package com.funnelseye.messaging.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// On the type of a controller's argument: a query parameter its resolver reads. The API's description shows it.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(FromQuery.All.class)
public @interface FromQuery {

    String value();

    Class<?> type() default String.class;

    /// The only values there are, when they can be listed.
    String[] words() default {};

    /// Of a whole number; of a text, the fewest characters.
    int min() default 0;

    /// Of a whole number.
    int max() default Integer.MAX_VALUE;

    /// What leaving it out means; empty: nothing.
    String otherwise() default "";

    boolean required() default false;

    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @interface All {
        FromQuery[] value();
    }
}
