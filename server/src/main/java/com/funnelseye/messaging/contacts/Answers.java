package com.funnelseye.messaging.contacts;

import com.funnelseye.messaging.http.Text;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What a lead answered to questions: question → a text, a number, yes or no, or a list of texts.
final class Answers {

    static final int MAX_QUESTIONS = 50;
    static final int MAX_QUESTION = 100;
    static final int MAX_ANSWER = 2_000;
    static final int MAX_CHOICES = 50;

    /// Beyond this a number is no longer exact for the people who read it as JSON.
    private static final double MAX_NUMBER = 1e15;

    private Answers() {}

    /// What keeps these answers from being stored, to follow the field's name.
    static Optional<String> problem(JsonNode answers) {
        if (!answers.isObject()) {
            return Optional.of("must be an object of questions and answers");
        }
        if (answers.size() > MAX_QUESTIONS) {
            return Optional.of("may have at most %d questions".formatted(MAX_QUESTIONS));
        }
        for (var answer : answers.properties()) {
            if (!isText(answer.getKey(), MAX_QUESTION)) {
                return Optional.of("may have names of at most %d characters".formatted(MAX_QUESTION));
            }
            if (!isAnswer(answer.getValue())) {
                return Optional.of("must have answers that are numbers, true, false, texts of at most %d characters or"
                        .concat(" lists of at most %d of them")
                        .formatted(MAX_ANSWER, MAX_CHOICES));
            }
        }
        return Optional.empty();
    }

    private static boolean isAnswer(JsonNode answer) {
        if (answer.isArray()) {
            return answer.size() <= MAX_CHOICES && answer.valueStream().allMatch(Answers::isScalar);
        }
        return isScalar(answer);
    }

    private static boolean isScalar(JsonNode answer) {
        if (answer.isNumber()) {
            return Math.abs(answer.doubleValue()) <= MAX_NUMBER;
        }
        return answer.isNull() || answer.isBoolean() || (answer.isString() && isText(answer.stringValue(), MAX_ANSWER));
    }

    private static boolean isText(String text, int maxChars) {
        return text.length() <= maxChars && Text.isClean(text);
    }
}
