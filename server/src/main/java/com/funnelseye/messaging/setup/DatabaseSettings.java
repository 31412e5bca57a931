package com.funnelseye.messaging.setup;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where the data is. Without a URL an embedded PostgreSQL keeps it in the folder.
///
/// @param url of a PostgreSQL 15 or later, `jdbc:postgresql://host:port/database`
/// @param folder of the embedded PostgreSQL
/// @param connections of this server to the database; virtual threads wait for one
@ConfigurationProperties("messaging.database")
record DatabaseSettings(
        @Nullable String url,
        @Nullable String username,
        @Nullable String password,
        @DefaultValue("data") Path folder,
        @DefaultValue("16") int connections) {

    /// Settings are printed now and then; passwords never are.
    @Override
    public String toString() {
        return "DatabaseSettings[url=" + url + ", folder=" + folder + "]";
    }
}
