package com.funnelseye.messaging.templates;

public enum TemplateCategory {
    WELCOME,
    FOLLOW_UP,
    APPOINTMENT,
    REMINDER,
    MARKETING,
    SUPPORT,
    CUSTOM
}
