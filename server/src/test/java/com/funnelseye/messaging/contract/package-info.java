/// The API as a whole: its description, its samples, who may do what, and what bad input meets.
@NullMarked
package com.funnelseye.messaging.contract;

import org.jspecify.annotations.NullMarked;
