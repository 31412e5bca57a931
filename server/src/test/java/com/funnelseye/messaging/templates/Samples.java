package com.funnelseye.messaging.templates;

/// Requests as the specification prints them.
final class Samples {

    static final String CREATE = """
        {
          "name": "Welcome Message",
          "description": "Welcome message for new leads",
          "type": "whatsapp",
          "category": "welcome",
          "content": {
            "body": "Hello {{lead.name}}! Welcome to {{system.company}}. We're excited to help you achieve your {{client.goal}} goal."
          },
          "availableVariables": [
            {
              "name": "lead.name",
              "description": "Lead's full name",
              "example": "John Doe",
              "required": true
            },
            {
              "name": "client.goal",
              "description": "Client's fitness goal",
              "example": "Weight Loss",
              "required": false
            }
          ],
          "tags": ["welcome", "new-lead", "onboarding"]
        }
        """;

    static final String UPDATE = """
        {
          "name": "Updated Welcome Message",
          "description": "Updated welcome message for new leads",
          "content": {
            "body": "Hello {{lead.name}}! Welcome to {{system.company}}. We're excited to help you achieve your {{client.goal}} goal. Your coach {{coach.fullName}} will be in touch soon."
          },
          "availableVariables": [
            {
              "name": "lead.name",
              "description": "Lead's full name",
              "example": "John Doe",
              "required": true
            },
            {
              "name": "client.goal",
              "description": "Client's fitness goal",
              "example": "Weight Loss",
              "required": false
            },
            {
              "name": "coach.fullName",
              "description": "Coach's full name",
              "example": "Jane Smith",
              "required": false
            }
          ]
        }
        """;

    private Samples() {}

    /// A template that says `body` and declares nothing.
    static java.util.Map<String, Object> saying(String body) {
        return java.util.Map.of("name", "Note", "content", java.util.Map.of("body", body));
    }
}
