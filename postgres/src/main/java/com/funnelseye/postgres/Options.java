package com.funnelseye.postgres;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Which server to start: `Options.in(folder).database("messaging").with("fsync", "off")`.
///
/// @param folder everything of the server lies in it; a relative one counts from the working directory
/// @param database created when it does not exist yet
/// @param settings PostgreSQL settings on top of the defaults, read anew at each start
public record Options(Path folder, String database, Map<String, String> settings) {

    private static final Pattern DATABASE = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Pattern SETTING = Pattern.compile("[a-zA-Z][a-zA-Z0-9_.]*");

    public Options {
        if (!DATABASE.matcher(database).matches()) {
            throw new IllegalArgumentException("Not a plain lower-case database name: " + database);
        }
        settings.forEach((name, value) -> {
            if (!SETTING.matcher(name).matches() || value.contains("\n")) {
                throw new IllegalArgumentException("Not a PostgreSQL setting: " + name + " = " + value);
            }
        });
        folder = folder.toAbsolutePath().normalize();
        settings = Map.copyOf(settings);
    }

    /// The server in `folder`, with its database `postgres` and safe settings.
    public static Options in(Path folder) {
        return new Options(folder, Databases.ALWAYS_THERE, Map.of());
    }

    public Options database(String name) {
        return new Options(folder, name, settings);
    }

    public Options with(String setting, String value) {
        var more = new HashMap<>(settings);
        more.put(setting, value);
        return new Options(folder, database, more);
    }
}
