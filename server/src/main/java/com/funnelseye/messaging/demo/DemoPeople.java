package com.funnelseye.messaging.demo;

import com.funnelseye.messaging.accounts.Accounts;
import com.funnelseye.messaging.accounts.Profile;
import com.funnelseye.messaging.contacts.Contacts;
import com.funnelseye.messaging.contacts.NewContact;
import com.funnelseye.messaging.credits.Credits;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// The four accounts of a demo and the coaches' leads. Seeding again changes nothing.
@Component
class DemoPeople {

    static final String PASSWORD = "demo-password";
    static final String JANE = "jane@demo.test";
    static final String RAVI = "ravi@demo.test";
    static final String ADMIN = "admin@demo.test";
    static final String AUDITOR = "auditor@demo.test";
    static final long CREDITS = 1_000;

    private final Accounts accounts;
    private final Contacts contacts;
    private final Credits credits;
    private final DemoTemplates templates;
    private final JsonMapper json;

    DemoPeople(Accounts accounts, Contacts contacts, Credits credits, DemoTemplates templates, JsonMapper json) {
        this.accounts = accounts;
        this.contacts = contacts;
        this.credits = credits;
        this.templates = templates;
        this.json = json;
    }

    void seed(Script script) {
        var admin = accounts.ensureAdmin("Alex Admin", ADMIN, PASSWORD, Set.of("whatsapp_management"));
        accounts.ensureAdmin("Audrey Auditor", AUDITOR, PASSWORD, Set.of());
        var coaches = Map.of(
                JANE,
                coach("Jane Smith", JANE, new Profile("UTC", "+1987654321", "@janesmith", "Fitness Trainer")),
                RAVI,
                coach("Ravi Kumar", RAVI, new Profile("Asia/Kolkata", "+919000000001", "@ravifit", "Nutrition Coach")));
        templates.seed(admin, coaches);
        for (var lead : script.leads()) {
            var coachId = coaches.get(lead.coach());
            contacts.add(
                    new NewContact(
                            coachId,
                            lead.phone(),
                            null,
                            null,
                            lead.name(),
                            lead.email(),
                            lead.status(),
                            lead.temperature(),
                            lead.source(),
                            lead.country(),
                            lead.city(),
                            json.writeValueAsString(lead.clientQuestions()),
                            json.writeValueAsString(lead.coachQuestions())),
                    contacts.phone(lead.phone(), "phone"));
        }
    }

    private UUID coach(String name, String email, Profile profile) {
        var id = accounts.ensureCoach(name, email, PASSWORD, profile);
        var balance = credits.balance(id);
        var missing = CREDITS - balance.available() - balance.reserved() - balance.spent();
        if (missing > 0) {
            credits.grant(id, missing, "Demo credits", null);
        }
        return id;
    }
}
