package com.funnelseye.messaging.contacts;

import com.funnelseye.messaging.http.Refusal;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;

/// A CSV file somebody sent: UTF-8, cells between `,` `;` or tabs, the first row names the columns.
///
/// @param rows numbered as a spreadsheet shows them: the header is row 1
record Sheet(List<String> header, List<Row> rows) {

    static final int MAX_BYTES = 5 * 1024 * 1024;
    static final int MAX_ROWS = 10_000;
    static final int MAX_COLUMNS = 200;

    record Row(int number, List<String> cells) {

        /// Empty where a row is shorter than the header.
        String cell(int column) {
            return column < cells.size() ? unprotected(cells.get(column).strip()) : "";
        }

        private boolean isBlank() {
            return cells.stream().allMatch(String::isBlank);
        }
    }

    static Sheet read(byte[] file) {
        if (file.length > MAX_BYTES) {
            var sentence = "The file may have at most %d MB".formatted(MAX_BYTES / 1024 / 1024);
            throw new Refusal(HttpStatus.CONTENT_TOO_LARGE, "BODY_TOO_LARGE", sentence, "Content Too Large");
        }
        try {
            return read(text(file));
        } catch (CsvParseException broken) {
            throw Refusal.invalid("file", "The file cannot be read as CSV: is a quotation mark missing?");
        }
    }

    private static Sheet read(String text) {
        var header = new ArrayList<String>();
        var rows = new ArrayList<Row>();
        var number = 0;
        for (var record : reader(text)) {
            number++;
            var row = new Row(number, record.getFields());
            if (header.isEmpty() && !row.isBlank()) {
                row.cells().forEach(cell -> header.add(cell.strip()));
            } else if (!row.isBlank()) {
                rows.add(row);
            }
            if (rows.size() > MAX_ROWS || header.size() > MAX_COLUMNS) {
                throw Refusal.invalid(
                        "file", "The file may have at most %,d rows and %d columns".formatted(MAX_ROWS, MAX_COLUMNS));
            }
        }
        if (header.isEmpty()) {
            throw Refusal.invalid("file", "The file is empty");
        }
        return new Sheet(header, rows);
    }

    private static CsvReader<CsvRecord> reader(String text) {
        return CsvReader.builder()
                .fieldSeparator(separator(text))
                .skipEmptyLines(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text);
    }

    private static String text(byte[] file) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(file))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException notUtf8) {
            throw Refusal.invalid("file", "The file must be text in UTF-8");
        }
    }

    /// Whichever stands most often in the first line; names of columns hardly contain one.
    private static char separator(String text) {
        var first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        var best = ',';
        for (var candidate : new char[] {';', '\t'}) {
            if (count(first, candidate) > count(first, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String line, char wanted) {
        return line.chars().filter(c -> c == wanted).count();
    }

    /// Takes back what an export put before a cell that a spreadsheet would take for a formula.
    private static String unprotected(String cell) {
        return cell.length() > 1 && cell.charAt(0) == '\'' && SafeCell.looksLikeFormula(cell.charAt(1))
                ? cell.substring(1)
                : cell;
    }
}
