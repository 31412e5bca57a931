package com.funnelseye.messaging.http;

/// Which rows of a list are asked for. Pages start at 1.
@FromQuery(value = "page", type = int.class, min = 1, max = Page.MAX_NUMBER, otherwise = "1")
@FromQuery(value = "limit", type = int.class, min = 1, max = Page.MAX_LIMIT, otherwise = "" + Page.DEFAULT_LIMIT)
public record Page(int number, int limit) {

    static final int DEFAULT_LIMIT = 50;
    static final int MAX_LIMIT = 200;

    /// Beyond this no list has rows; it keeps offsets sane.
    static final int MAX_NUMBER = 1_000_000;

    public long offset() {
        return (long) (number - 1) * limit;
    }

    /// What the answer says of the pages, for a list that has `total` rows.
    public Pagination of(Total total) {
        var pages = Math.toIntExact(Math.ceilDiv(total.count(), limit));
        return new Pagination(number, pages, total.count(), limit, total.capped() ? Boolean.TRUE : null);
    }
}
