/// Owns a PostgreSQL 18 server in a folder: unpacks, creates, starts, heals and stops it.
/// Never knows what the database is for: no schema, no pool, no messaging.
@NullMarked
package com.funnelseye.postgres;

import org.jspecify.annotations.NullMarked;
