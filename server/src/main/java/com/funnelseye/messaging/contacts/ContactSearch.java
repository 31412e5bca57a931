package com.funnelseye.messaging.contacts;

import com.funnelseye.messaging.http.FromQuery;
import com.funnelseye.messaging.http.Page;

/// The first matches of what somebody typed.
@FromQuery(value = "q", min = 2, required = true)
@FromQuery(
        value = "limit",
        type = int.class,
        min = 1,
        max = ContactSearch.MAX_LIMIT,
        otherwise = "" + ContactSearch.DEFAULT_LIMIT)
record ContactSearch(Words words, Page page) {

    static final int DEFAULT_LIMIT = 20;
    static final int MAX_LIMIT = 200;
}
