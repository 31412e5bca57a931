/// Breaks everything that can break between two real servers, their database, WhatsApp and the clients, and asks
/// afterwards whether each promise held: by the invariants in SQL, and by what WhatsApp says it accepted.
@NullMarked
package com.funnelseye.messaging.faults;

import org.jspecify.annotations.NullMarked;
