@NullMarked
package com.funnelseye.benchmark;

import org.jspecify.annotations.NullMarked;
