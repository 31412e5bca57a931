/// A local stand-in for Meta's WhatsApp Cloud API, always reached over real HTTP: it accepts messages, plays the
/// customers' phones and reports by signed webhooks. It knows nothing of the server that uses it, and calls nothing but
/// its webhook.
@NullMarked
package com.funnelseye.sandbox;

import org.jspecify.annotations.NullMarked;
