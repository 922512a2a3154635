using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace PetShop.Web.Importing;

/// <summary>Brings a history of orders in: rows stream into a staging table, which set-based SQL turns into customers, orders and lines.</summary>
public sealed class OrderImport(NpgsqlDataSource source, TimeProvider clock)
{
    public async Task<OrderImportResult> RunAsync(ImportFile file, ImportMapping mapping, string currency, ImportReport report, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var skus = await SkuCodesAsync(connection, cancel);
        await ExecuteAsync(connection, OrderImportSql.Staging, cancel);
        await StageAsync(connection, file, mapping, skus, report, cancel);
        var days = mapping.MoveToNow ? await MoveToNowAsync(connection, cancel) : 0;
        var result = await SettleAsync(connection, mapping, currency, cancel) with { MovedDays = days };
        await transaction.CommitAsync(cancel);
        return result;
    }

    private async Task<int> MoveToNowAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var newest = new NpgsqlCommand("SELECT max(placed_at) FROM staged_lines", connection);
        if (await newest.ExecuteScalarAsync(cancel) is not DateTime last)
            return 0;
        var days = (int)(clock.GetUtcNow().UtcDateTime - last).TotalDays;
        await ExecuteAsync(connection, "UPDATE staged_lines SET placed_at = placed_at + make_interval(days => @days)", cancel, ("days", days));
        return days;
    }

    private static async Task StageAsync(NpgsqlConnection connection, ImportFile file, ImportMapping mapping, HashSet<string> skus, ImportReport report, CancellationToken cancel)
    {
        var ignored = mapping.IgnoredSkus.ToHashSet(StringComparer.OrdinalIgnoreCase);
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY staged_lines (line, order_number, sku, quantity, unit_price_minor, placed_at, customer, email, country) FROM STDIN (FORMAT binary)", cancel);
        while (file.Read())
        {
            if (OrderRow.TryRead(file, mapping, ignored, skus, out var row, out var fault))
            {
                await copy.StartRowAsync(cancel);
                await copy.WriteAsync(file.Line, NpgsqlDbType.Integer, cancel);
                await copy.WriteAsync(row.Order, NpgsqlDbType.Text, cancel);
                await copy.WriteAsync(row.Sku, NpgsqlDbType.Text, cancel);
                await copy.WriteAsync(row.Quantity, NpgsqlDbType.Integer, cancel);
                await copy.WriteAsync(row.UnitPriceMinor, NpgsqlDbType.Bigint, cancel);
                await copy.WriteAsync(row.PlacedAt, NpgsqlDbType.TimestampTz, cancel);
                await WriteOrNullAsync(copy, row.Customer, cancel);
                await WriteOrNullAsync(copy, row.Email, cancel);
                await WriteOrNullAsync(copy, row.Country, cancel);
                report.Keep();
            }
            else
                report.Refuse(file.Line, fault.Reason, fault.Detail, file.RawText);
            report.ShowProgress(file.Progress);
        }
        await copy.CompleteAsync(cancel);
    }

    private static Task WriteOrNullAsync(NpgsqlBinaryImporter copy, string? value, CancellationToken cancel) =>
        value is null ? copy.WriteNullAsync(cancel) : copy.WriteAsync(value, NpgsqlDbType.Text, cancel);

    private static async Task<OrderImportResult> SettleAsync(NpgsqlConnection connection, ImportMapping mapping, string currency, CancellationToken cancel)
    {
        await ExecuteAsync(connection, "ANALYZE staged_lines", cancel);
        bool Agreed(string purpose) => mapping.Consents.Contains(purpose);
        var shoppers = await ExecuteAsync(connection, OrderImportSql.Shoppers, cancel,
            ("analytics", Agreed("analytics")), ("personalisation", Agreed("personalisation")), ("email", Agreed("email")), ("prices", Agreed("prices")));
        if (mapping.Consents.Count > 0)
            await ExecuteAsync(connection, OrderImportSql.Receipts, cancel);
        await ExecuteAsync(connection, OrderImportSql.MarkNew, cancel);
        await using var met = new NpgsqlCommand(OrderImportSql.Met, connection);
        var known = (int)(long)(await met.ExecuteScalarAsync(cancel))!;
        var orders = await ExecuteAsync(connection, OrderImportSql.Orders, cancel, ("currency", currency));
        var lines = await ExecuteAsync(connection, OrderImportSql.Lines, cancel);
        await ExecuteAsync(connection, OrderImportSql.Released, cancel);
        if (mapping.PricesFromOrders)
            await ExecuteAsync(connection, OrderImportSql.PricesFromOrders, cancel);
        return new(shoppers, orders, lines, known);
    }

    private static async Task<HashSet<string>> SkuCodesAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT code FROM skus", connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        HashSet<string> codes = [];
        while (await reader.ReadAsync(cancel))
            codes.Add(reader.GetString(0));
        return codes;
    }

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel, params (string Name, object Value)[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 1800 };
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        return await command.ExecuteNonQueryAsync(cancel);
    }
}

/// <summary>How many rows an import added; all zero when it ran before.</summary>
/// <param name="Known">Customers of the new orders who had an account with their address already, and keep it.</param>
/// <param name="MovedDays">Days by which the dates were moved, when the mapping asked for it.</param>
public sealed record OrderImportResult(int Shoppers, int Orders, int Lines, int Known = 0, int MovedDays = 0);

/// <summary>One row of the order file, read and checked.</summary>
internal sealed record OrderRow(string Order, string Sku, int Quantity, long UnitPriceMinor, DateTimeOffset PlacedAt, string? Customer, string? Email, string? Country)
{
    public static bool TryRead(ImportFile file, ImportMapping mapping, HashSet<string> ignored, HashSet<string> skus, out OrderRow row, out RowFault fault)
    {
        row = null!;
        fault = null!;
        var sku = file["sku"];
        if (file["order"].Length == 0 || sku.Length == 0)
            fault = new("order or sku missing", "every line needs both");
        else if (ignored.Contains(sku))
            fault = new("ignored code", $"'{sku}' is listed under ignoredSkus");
        else if (!int.TryParse(file["quantity"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var quantity))
            fault = new("quantity is no whole number", $"'{file["quantity"]}' should be a whole number, 1 or more");
        else if (quantity < 1)
            fault = new("quantity below 1", $"'{quantity}': cancellations and returns are not sales");
        else if (!ProductRow.TryMinor(file["unit_price"], out var price) || price is null)
            fault = new("unit_price is no amount", $"'{file["unit_price"]}' should be a number such as 2.55, 0 or more");
        else if (price == 0)
            fault = new("unit_price is 0", "gifts, samples and stock corrections are not sales");
        else if (!mapping.TryParseDate(file["placed_at"], out var placedAt))
            fault = new("placed_at is no date", $"'{file["placed_at"]}' does not read as {mapping.DateFormat ?? "ISO 8601"}; set dateFormat in the mapping");
        else if (!skus.Contains(sku))
            fault = new("unknown sku", $"'{sku}' is not in the catalogue; import the products first");
        else
            row = new(file["order"], sku, quantity, price.Value, placedAt, NullIfEmpty(file["customer"]), NullIfEmpty(file["email"]), Countries.CodeOf(file["country"]));
        return row is not null;
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
