package com.funnelseye.messaging.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// On the type of a controller's argument: which optional request header it is read from. The API's description shows
/// the header; argument types without this are the server's own affair and not shown.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface FromHeader {

    String value();

    String description();
}
