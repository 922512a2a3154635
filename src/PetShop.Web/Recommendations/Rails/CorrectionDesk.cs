using Npgsql;
using PetShop.Data.Shoppers;
using PetShop.Web.Recommendations.Serving;
using PetShop.Web.Tracking;

namespace PetShop.Web.Recommendations.Rails;

/// <summary>Writes down what people say of their lists, and takes it back; the next page of theirs follows it.</summary>
public sealed class CorrectionDesk(NpgsqlDataSource source, HouseholdPets households, TimeProvider clock)
{
    private const string AddSql =
        """
        INSERT INTO taste_corrections (id, shopper_id, visitor_id, kind, product_id, species, made_at) SELECT $1, $2, $3, $4, p.id, p.species, $6 FROM products p WHERE p.id = $5
        ON CONFLICT DO NOTHING
        """;

    private const string UndoSql = "DELETE FROM taste_corrections WHERE (shopper_id = $1 OR visitor_id = $2) AND kind = $3 AND product_id = $4";

    /// <summary>Words by which forms name the kinds.</summary>
    private static readonly (string Word, CorrectionKind Kind)[] Words =
        [("not-for-me", CorrectionKind.NotForMe), ("not-my-pet", CorrectionKind.NotMyPet), ("was-a-gift", CorrectionKind.WasGift), ("already-have-it", CorrectionKind.AlreadyHave)];

    /// <summary>The word of a kind.</summary>
    public static string WordOf(CorrectionKind kind) => Array.Find(Words, w => w.Kind == kind).Word;

    /// <summary>Reads "not-for-me 12" or "undo not-for-me 12"; null when it is neither.</summary>
    public static (CorrectionKind Kind, int ProductId, bool Undo)? Read(string? text)
    {
        var parts = text?.Split(' ') ?? [];
        var undo = parts is ["undo", _, _];
        if (parts.Length != (undo ? 3 : 2) || !int.TryParse(parts[^1], out var product))
            return null;
        var known = Array.Find(Words, w => w.Word == parts[^2]);
        return known.Word is null ? null : (known.Kind, product, undo);
    }

    /// <returns>False when there is no such product, or it was said before.</returns>
    public async Task<bool> AddAsync(Visitor visitor, CorrectionKind kind, int productId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var command = source.CreateCommand(AddSql);
        command.Parameters.Add(new() { Value = Guid.CreateVersion7(now) });
        AddOwner(command, visitor);
        command.Parameters.Add(new() { Value = (short)kind });
        command.Parameters.Add(new() { Value = productId });
        command.Parameters.Add(new() { Value = now.UtcDateTime });
        return await ChangeAsync(command, visitor, cancel);
    }

    /// <returns>False when it was not said.</returns>
    public async Task<bool> UndoAsync(Visitor visitor, CorrectionKind kind, int productId, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(UndoSql);
        AddOwner(command, visitor);
        command.Parameters.Add(new() { Value = (short)kind });
        command.Parameters.Add(new() { Value = productId });
        return await ChangeAsync(command, visitor, cancel);
    }

    private static void AddOwner(NpgsqlCommand command, Visitor visitor)
    {
        foreach (var id in (ReadOnlySpan<Guid?>)[visitor.ShopperId, visitor.ShopperId is null ? visitor.Id : null])
            command.Parameters.Add(new() { Value = (object?)id ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
    }

    private async Task<bool> ChangeAsync(NpgsqlCommand command, Visitor visitor, CancellationToken cancel)
    {
        var changed = await command.ExecuteNonQueryAsync(cancel) > 0;
        if (visitor.HistoryKey is { } key)
            households.Forget(key);
        return changed;
    }
}
