package com.funnelseye.sandbox;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Arrays;
import java.util.Map;

/// Meta's codes with their HTTP status, title and usual details, as its error page lists them in early 2026.
final class KnownErrors {

    private static final String LIST = """
        0|401|AuthException|We were unable to authenticate the app user.
        1|400|An unknown error occurred|Invalid request or possible server error.
        2|503|An unexpected error has occurred. Please retry your request later.|Temporary due to downtime or overload.
        3|500|Capability or permissions issue|The application does not have the capability to make this API call.
        4|400|Application request limit reached|The app has reached its API call rate limit.
        10|403|Permission denied|The application does not have permission for this action.
        17|429|User request limit reached|The user has reached the API call rate limit.
        33|400|Parameter value is not valid|The business phone number has been deleted.
        100|400|Invalid parameter|The request included one or more unsupported or misspelled parameters.
        104|401|An access token is required to request this resource.|
        190|401|Invalid OAuth access token - Cannot parse access token|
        200|403|You do not have the necessary permissions required to send messages|Permission is either not granted or has been removed.
        368|403|Temporarily blocked for policies violations|The account has been restricted or disabled for violating a platform policy.
        803|404|Some of the aliases you requested do not exist|
        80007|400|There have been too many calls to this WhatsApp Business account. Wait a bit and try again.|The WhatsApp Business Account has reached its rate limit.
        130403|400|User is blocked|You have blocked this user.
        130429|400|Rate limit hit|Cloud API message throughput has been reached.
        130472|400|User's number is part of an experiment|Message was not sent as part of an experiment.
        130497|403|Business account is restricted from messaging users in this country.|
        131000|500|Something went wrong|Message failed to send due to an unknown error.
        131005|403|Access denied|Permission is either not granted or has been removed.
        131008|400|Required parameter is missing|The request is missing a required parameter.
        131009|400|Parameter value is not valid|One or more parameter values are invalid.
        131016|500|Service unavailable|A service is temporarily unavailable.
        131021|400|Recipient cannot be sender|Sender and recipient phone number is the same.
        131026|400|Message undeliverable|Message Undeliverable.
        131030|400|Recipient phone number not in allowed list|Recipient phone number not in allowed list: Add recipient phone number to recipient list and try again.
        131031|403|Account has been locked|Business account has been locked.
        131037|400|Display name approval is needed|The business number needs an approved display name.
        131042|400|Business eligibility payment issue|Message failed to send because there were one or more errors related to your payment method.
        131045|500|Incorrect certificate|Message failed to send due to a phone number registration error.
        131047|400|Re-engagement message|Message failed to send because more than 24 hours have passed since the customer last replied to this number.
        131048|400|Spam rate limit hit|Message failed to send because there are restrictions on how many messages can be sent from this phone number.
        131049|400|This message was not delivered to maintain healthy ecosystem engagement.|In order to maintain a healthy ecosystem engagement, the message failed to be delivered.
        131050|400|User has stopped marketing messages|The recipient has chosen to stop receiving marketing messages.
        131051|400|Unsupported message type|Message type is currently not supported.
        131052|400|Media download error|Unable to download the media sent by the user.
        131053|400|Media upload error|Unable to upload the media used in the message.
        131056|400|(Business Account, Consumer Account) pair rate limit hit|Too many messages were sent from the sender phone number to the same recipient phone number in a short period of time.
        131057|500|Account in maintenance mode|Business account is in maintenance mode.
        132000|400|Number of parameters does not match the expected number of params|
        132001|404|Template name does not exist in the translation|
        132005|400|Translated text too long|
        132012|400|Parameter format does not match format in the created template|
        132015|400|Template is paused|Template is paused due to low quality.
        132016|400|Template is disabled|Template has been paused too many times due to low quality and is now permanently disabled.
        133000|500|Incomplete deregistration|A previous deregistration attempt failed.
        133004|503|Server temporarily unavailable|
        133006|400|Phone number re-verification needed|Phone number needs to be verified before registering.
        133010|400|Phone number not registered|Phone number is not registered on the WhatsApp Business Platform.
        133015|400|Please wait a few minutes before attempting to register this phone number|
        134011|400|WhatsApp Payments terms of service has not been accepted|
        135000|400|Generic user error|Message failed to send because of an unknown error with your request parameters.
        137000|400|Identity key hash mismatch|\
        """;

    private static final Map<Integer, GraphError> BY_CODE = Arrays.stream(LIST.split("\n"))
            .map(KnownErrors::parse)
            .collect(toUnmodifiableMap(GraphError::code, e -> e));

    private KnownErrors() {}

    static GraphError find(int code) {
        var known = BY_CODE.get(code);
        return known != null
                ? known
                : new GraphError(400, "OAuthException", code, null, "Something went wrong", "Error code " + code + ".");
    }

    private static GraphError parse(String line) {
        var parts = line.split("\\|", -1);
        var details = parts[3].isEmpty() ? null : parts[3];
        return new GraphError(
                Integer.parseInt(parts[1]), "OAuthException", Integer.parseInt(parts[0]), null, parts[2], details);
    }
}
