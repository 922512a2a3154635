using Npgsql;
using NpgsqlTypes;
using PetShop.Data.Models;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Training;
using PetShop.Web.Recommendations.Serving;

namespace PetShop.Web.Recommendations.Training;

/// <summary>Precomputes what is like, goes with and is chosen after each product, so that no page joins order lines.</summary>
public sealed class NeighbourWriter(NpgsqlDataSource source, SessionWriter sessions)
{
    private const int Kept = 30;
    private const string OrdersSql =
        """
        SELECT coalesce(o.shopper_id, md5(lower(o.email))::uuid), o.placed_at, array_agg(DISTINCT n.product_id)
        FROM orders o JOIN order_lines n ON n.order_id = o.id WHERE o.status <> 5 GROUP BY o.id
        """;

    /// <param name="matrix">Everything that may be learned from.</param>
    /// <param name="factors">The model just trained; null leaves the lists of similar products to what the products are.</param>
    public async Task WriteAsync(InteractionMatrix matrix, FactorModel? factors, CancellationToken cancel)
    {
        var catalogue = await CatalogueReader.ReadAsync(source, cancel);
        List<(int Product, NeighbourKind Kind, int[] Ids, float[] Scores)> lists = [];
        var chosen = new ItemItemTrainer(new ItemItemOptions { Neighbours = Kept }).Train(matrix, null, cancel);
        var similar = new SimilarProducts(catalogue, await ContentReader.ReadAsync(source, cancel), factors, chosen);
        for (var column = 0; column < catalogue.Count; column++)
            Add(catalogue[column].Id, NeighbourKind.Similar, similar.Of(column, Kept), catalogue.Items);
        var baskets = await BasketsAsync(cancel);
        var pairs = new BoughtTogetherOptions { AreSubstitutes = similar.AreSubstitutes };
        var together = new BoughtTogetherTrainer(pairs).Train(baskets, cancel);
        var after = new BoughtTogetherTrainer(pairs with { OnlyLater = true }).Train(baskets, cancel);
        foreach (var (model, kind) in new[] { (chosen, NeighbourKind.ItemItem), (together, NeighbourKind.BoughtTogether), (after, NeighbourKind.BoughtAfter) })
            for (var column = 0; column < model.Items.Count; column++)
                Add(model.Items[column], kind, model.Of(column).ToArray(), model.Items);
        await ReplaceAsync(lists, cancel);
        await sessions.WriteAsync(matrix.AsOf, cancel);

        void Add(int product, NeighbourKind kind, Ranked[] ranked, ItemIndex items)
        {
            if (ranked.Length > 0)
                lists.Add((product, kind, Array.ConvertAll(ranked, r => items[r.Item]), Array.ConvertAll(ranked, r => r.Score)));
        }
    }

    private async Task<BasketCounts> BasketsAsync(CancellationToken cancel)
    {
        var baskets = new BasketCountsBuilder(floor: new BoughtTogetherOptions().MinHouseholds);
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var command = new NpgsqlCommand(OrdersSql, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            baskets.Add(reader.GetGuid(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<int[]>(2));
        return baskets.Build(cancel);
    }

    private async Task ReplaceAsync(List<(int Product, NeighbourKind Kind, int[] Ids, float[] Scores)> lists, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using (var clear = new NpgsqlCommand("DELETE FROM product_neighbours", connection))
            await clear.ExecuteNonQueryAsync(cancel);
        await using (var copy = await connection.BeginBinaryImportAsync("COPY product_neighbours (product_id, kind, neighbour_ids, scores) FROM STDIN (FORMAT BINARY)", cancel))
        {
            foreach (var (product, kind, ids, scores) in lists)
            {
                await copy.StartRowAsync(cancel);
                await copy.WriteAsync(product, cancel);
                await copy.WriteAsync((short)kind, cancel);
                await copy.WriteAsync(ids, NpgsqlDbType.Array | NpgsqlDbType.Integer, cancel);
                await copy.WriteAsync(scores, NpgsqlDbType.Array | NpgsqlDbType.Real, cancel);
            }
            await copy.CompleteAsync(cancel);
        }
        await using (var notify = new NpgsqlCommand($"NOTIFY petshop_models, '{TrainedNews.Neighbours}'", connection))
            await notify.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
