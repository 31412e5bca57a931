/// Measures the running product from outside: a server, a sandbox and a PostgreSQL as processes of their own, a load
/// driver, and beside each scenario the limit that the same SQL without the product reaches in the same run.
@NullMarked
package com.funnelseye.benchmark;

import org.jspecify.annotations.NullMarked;
