package com.funnelseye.messaging.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// On the type of a controller's argument: which optional query parameters its resolver reads. The API's description
/// shows them.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface FromQuery {

    String[] value();
}
