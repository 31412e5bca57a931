package com.funnelseye.messaging;

import com.funnelseye.messaging.accounts.AdminCommand;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class MessagingApplication {

    public static void main(String[] args) {
        var application = new SpringApplication(MessagingApplication.class);
        if (AdminCommand.isGivenIn(args)) {
            System.exit(AdminCommand.run(application, args));
        }
        application.run(args);
    }
}
