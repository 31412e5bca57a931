@NullMarked
package com.funnelseye.postgres;

import org.jspecify.annotations.NullMarked;
