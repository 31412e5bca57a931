@NullMarked
package com.funnelseye.messaging;

import org.jspecify.annotations.NullMarked;
