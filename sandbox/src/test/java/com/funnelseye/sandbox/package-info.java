@NullMarked
package com.funnelseye.sandbox;

import org.jspecify.annotations.NullMarked;
