package com.funnelseye.messaging.contacts;

import com.funnelseye.messaging.http.Page;

/// The first matches of what somebody typed.
record ContactSearch(Words words, Page page) {

    static final int DEFAULT_LIMIT = 20;
    static final int MAX_LIMIT = 200;
}
