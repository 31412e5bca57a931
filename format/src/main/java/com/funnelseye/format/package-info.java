/// A build tool, not part of the product: checks or rewrites the layout of every Java source in the repository.
@NullMarked
package com.funnelseye.format;

import org.jspecify.annotations.NullMarked;
