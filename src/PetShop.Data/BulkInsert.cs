using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace PetShop.Data;

/// <summary>Writes many rows of one entity by binary COPY, with the columns and types of the model.</summary>
public static class BulkInsert
{
    /// <summary>Copies the rows as they come; keys made by the database must be set, columns it computes are left to it.</summary>
    /// <param name="db">Gives the mapping of <typeparamref name="T"/>; nothing is tracked.</param>
    /// <param name="connection">Open; its transaction, when there is one, holds the rows.</param>
    /// <param name="rows">Read once, in order.</param>
    /// <param name="cancel">Leaves no row behind.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="PostgresException">A row breaks a constraint; none is kept.</exception>
    public static async Task<ulong> BulkInsertAsync<T>(this DbContext db, NpgsqlConnection connection, IEnumerable<T> rows, CancellationToken cancel)
        where T : class
    {
        var entity = db.Model.FindEntityType(typeof(T)) ?? throw new ArgumentException($"{typeof(T).Name} is no entity of {db.GetType().Name}.", nameof(rows));
        var table = StoreObjectIdentifier.Table(entity.GetTableName()!);
        var columns = entity.GetProperties().Where(p => p.ValueGenerated != ValueGenerated.OnAddOrUpdate && !p.IsShadowProperty())
            .Select(p => new Column(p.GetColumnName(table)!, p.GetColumnType(), p.GetGetter(), p.GetTypeMapping().Converter?.ConvertToProvider)).ToArray();
        await using var copy = await connection.BeginBinaryImportAsync(
            $"COPY {table.Name} ({string.Join(", ", columns.Select(c => c.Name))}) FROM STDIN (FORMAT binary)", cancel);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancel);
            foreach (var column in columns)
            {
                var value = column.Getter.GetClrValue(row);
                if (value is null)
                    await copy.WriteNullAsync(cancel);
                else
                    await copy.WriteAsync(column.ToProvider?.Invoke(value) ?? value, column.Type, cancel);
            }
        }
        return await copy.CompleteAsync(cancel);
    }

    private sealed record Column(string Name, string Type, IClrPropertyGetter Getter, Func<object?, object?>? ToProvider);
}
