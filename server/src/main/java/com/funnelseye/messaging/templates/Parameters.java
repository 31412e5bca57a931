package com.funnelseye.messaging.templates;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// The parameters every template may use, as the documentation lists them.
final class Parameters {

    record Category(String category, List<Parameter> parameters) {}

    /// @param total all of them, whatever their category
    record ParameterList(List<Category> parameters, long total) {

        static final ParameterList ALL =
                new ParameterList(CATEGORIES, Parameters.all().count());
    }

    static final List<Category> CATEGORIES = List.of(
            new Category(
                    "Lead Information",
                    List.of(
                            new Parameter("lead.name", "Lead's full name", "John Doe", "name"),
                            new Parameter("lead.email", "Lead's email address", "john@example.com", "email"),
                            new Parameter("lead.phone", "Lead's phone number", "+1234567890", "phone"),
                            new Parameter("lead.country", "Lead's country", "United States", "country"),
                            new Parameter("lead.city", "Lead's city", "New York", "city"),
                            new Parameter("lead.status", "Lead's status", "New", "status"),
                            new Parameter("lead.temperature", "Lead's temperature", "Warm", "leadTemperature"),
                            new Parameter("lead.source", "Where the lead came from", "Web Form", "source"))),
            new Category(
                    "Client Information",
                    List.of(
                            client("age", "Client's age", "28", "age"),
                            client("gender", "Client's gender", "Male", "gender"),
                            client("goal", "Client's fitness goal", "Weight Loss", "goal"),
                            client("experience", "Client's experience level", "Beginner", "experience"),
                            client("budget", "Client's budget", "$100-200/month", "budget"),
                            client("timeline", "Client's timeline", "3-6 months", "timeline"),
                            client("availability", "When the client has time", "Evenings", "availability"),
                            client("preferences", "Client's training preferences", "Online training", "preferences"),
                            client("medical", "Client's medical conditions", "None", "medicalConditions"),
                            client("supplements", "Supplements the client takes", "Protein powder", "supplements"),
                            client("obstacle", "Client's biggest obstacle", "Time constraints", "biggestObstacle"),
                            client("seriousness", "How serious the client is, 1 to 10", "8", "seriousnessScale"),
                            client("motivation", "What moves the client", "Health improvement", "motivation"))),
            new Category(
                    "Coach Information",
                    List.of(
                            new Parameter("coach.fullName", "Coach's full name", "Jane Smith", "coach.name"),
                            new Parameter("coach.email", "Coach's email address", "jane@example.com", "coach.email"),
                            new Parameter("coach.whatsapp", "Coach's WhatsApp number", "+1987654321", "coach.whatsapp"),
                            new Parameter("coach.instagram", "Coach's Instagram", "@janesmith", "coach.instagram"),
                            new Parameter(
                                    "coach.profession", "Coach's profession", "Fitness Trainer", "coach.profession"),
                            coach("incomeGoal", "Income goal", "$50,000-100,000/month"),
                            coach("investment", "Possible investment", "$100,000-200,000"),
                            coach("timeAvailability", "Time available", "4-6 hours/day"),
                            coach("timeline", "Timeline", "3-6 months"),
                            coach("description", "Present situation", "Full-time job"),
                            coach("readiness", "Readiness", "100% ready"),
                            coach("commitment", "Commitment", "Yes, fully committed"),
                            coach("timeCommitment", "Time committed", "3-4 hours/day"))),
            new Category(
                    "System Information",
                    List.of(
                            new Parameter("system.date", "Today's date", "2024-01-15", "system.date"),
                            new Parameter("system.time", "Time of day", "14:30:00", "system.time"),
                            new Parameter(
                                    "system.datetime",
                                    "Date and time, UTC",
                                    "2024-01-15T14:30:00.000Z",
                                    "system.datetime"),
                            new Parameter("system.company", "Company name", "FunnelsEye", "system.company"),
                            new Parameter(
                                    "system.website", "Company website", "https://funnelseye.com", "system.website"))));

    /// By canonical name.
    static final Map<String, Parameter> BY_NAME = all().collect(
                    toUnmodifiableMap(parameter -> Placeholders.canonical(parameter.name()), Function.identity()));

    private Parameters() {}

    static Stream<Parameter> all() {
        return CATEGORIES.stream().flatMap(category -> category.parameters().stream());
    }

    private static Parameter client(String name, String description, String example, String question) {
        return new Parameter("client." + name, description, example, "clientQuestions." + question);
    }

    private static Parameter coach(String name, String description, String example) {
        return new Parameter("coach." + name, description, example, "coachQuestions." + name);
    }
}
