package com.funnelseye.messaging.inbox;

import com.funnelseye.messaging.contacts.Contacts;
import com.funnelseye.messaging.contacts.OptOuts;
import com.funnelseye.messaging.conversations.Conversations;
import com.funnelseye.messaging.conversations.Routing;
import com.funnelseye.messaging.messages.Inbound;
import com.funnelseye.messaging.messages.MessageType;
import com.funnelseye.messaging.messages.Messages;
import com.funnelseye.messaging.whatsapp.Events;
import com.funnelseye.messaging.whatsapp.WhatsAppEvent.MessageReceived;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/// Puts what customers write into the thread of the right coach, once, and opens the 24-hour window.
@Service
class InboundReader {

    static final int BATCH = 100;
    private static final Logger log = LoggerFactory.getLogger(InboundReader.class);

    private final Events events;
    private final Routing routing;
    private final Contacts contacts;
    private final OptOuts optOuts;
    private final Conversations conversations;
    private final Messages messages;
    private final TransactionTemplate savepoint;

    InboundReader(
            Events events,
            Routing routing,
            Contacts contacts,
            OptOuts optOuts,
            Conversations conversations,
            Messages messages,
            PlatformTransactionManager transactions) {
        this.events = events;
        this.routing = routing;
        this.contacts = contacts;
        this.optOuts = optOuts;
        this.conversations = conversations;
        this.messages = messages;
        this.savepoint = new TransactionTemplate(transactions);
        this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /// One pass: a batch of messages and their "applied" in one transaction. They are taken person by person, so that
    /// two nodes lock threads in the same order.
    @Transactional
    public int runOnce() {
        var received = events.dueMessages(BATCH);
        received.stream()
                .sorted(Comparator.comparing(InboundReader::sender).thenComparing(MessageReceived::at))
                .forEach(this::receiveOrSetAside);
        events.applied(received.stream().map(MessageReceived::id).toList());
        return received.size();
    }

    /// One message nobody can store must not hold up the others: it is set aside, where an admin finds it. A database
    /// that is merely busy or away fails the whole pass, which is then made again.
    private void receiveOrSetAside(MessageReceived received) {
        try {
            savepoint.executeWithoutResult(_ -> receive(received));
        } catch (TransientDataAccessException | DataAccessResourceFailureException tryAgain) {
            throw tryAgain;
        } catch (RuntimeException failure) {
            log.error("Inbound message set aside: event.id={}", received.id(), failure);
            events.setAside(received.id(), failure.getClass().getSimpleName());
        }
    }

    /// Webhooks come twice: one of somebody erased meanwhile brings nobody back.
    private void receive(MessageReceived received) {
        if (messages.isErased(received.phoneNumberId(), received.wamid())) {
            events.forget(List.of(received.id()));
            return;
        }
        var person = contacts.whoWrote(received.from(), received.userId());
        var route = routing.of(person, received.phoneNumberId(), received.quoted());
        var contact = contacts.sender(route.coachId(), received.from(), received.userId(), received.profileName());
        var added = messages.receive(new Inbound(
                contact.id(),
                contact.coachId(),
                person.key(),
                MessageType.ofWhatsApp(received.type()),
                received.text(),
                "+" + received.businessPhone(),
                received.phoneNumberId(),
                received.wamid(),
                received.quoted(),
                received.at(),
                route.reason(),
                received.raw()));
        added.ifPresent(messageId -> {
            conversations.wrote(person, received.at());
            optOuts.heard(person.key(), received.text(), messageId);
        });
    }

    private static String sender(MessageReceived received) {
        var number = received.from();
        return number == null ? String.valueOf(received.userId()) : number;
    }
}
