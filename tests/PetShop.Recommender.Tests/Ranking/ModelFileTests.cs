using System.Security.Cryptography;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;
using PetShop.Recommender.Training;

namespace PetShop.Recommender.Tests.Ranking;

public sealed class ModelFileTests
{
    private static readonly ModelInfo Info = new()
    {
        Version = "2026-06-01-a",
        Trainer = "als",
        TrainedAt = Samples.Now,
        DataCutoff = Samples.Now.AddHours(-1),
        Parameters = new Dictionary<string, string> { ["rank"] = "2" },
        Quality = new Dictionary<string, double> { ["ndcg10"] = 0.125 },
    };

    public static TheoryData<string> Kinds => ["factors", "neighbours", "popularity", "blend"];

    [Theory, MemberData(nameof(Kinds))]
    public void What_is_written_is_read_back_to_the_bit(string kind)
    {
        var matrix = Samples.Departments();
        var written = ModelFile.Write(new StoredModel(Info, Train(kind, matrix)));
        var read = ModelFile.Read(written);
        Assert.Equal(Info.Version, read.Info.Version);
        Assert.Equal(Info.DataCutoff, read.Info.DataCutoff);
        Assert.Equal("2", read.Info.Parameters["rank"]);
        Assert.Equal(0.125, read.Info.Quality["ndcg10"]);
        Assert.Equal(written, ModelFile.Write(read));
        float[] before = new float[matrix.ItemCount], after = new float[matrix.ItemCount];
        Train(kind, matrix).Score(matrix.ByShopper[5], before);
        read.Model.Score(matrix.ByShopper[5], after);
        Assert.Equal(before, after);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Any_byte_changed_is_refused(string kind)
    {
        var bytes = ModelFile.Write(new StoredModel(Info, Train(kind, Samples.Departments(shoppers: 12, items: 8, each: 3))));
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => ModelFile.Read(bytes));
            bytes[i] ^= 0x10;
        }
        Assert.NotNull(ModelFile.Read(bytes));
    }

    [Fact]
    public void A_file_cut_short_anywhere_or_with_something_behind_it_is_refused()
    {
        var bytes = ModelFile.Write(new StoredModel(Info, Train("factors", Samples.Departments(shoppers: 12, items: 8, each: 3))));
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<InvalidDataException>(() => ModelFile.Read(bytes.AsSpan(0, length)));
        Assert.Throws<InvalidDataException>(() => ModelFile.Read([.. bytes, 0]));
    }

    [Fact]
    public void A_number_that_is_not_finite_is_refused_even_under_a_right_checksum()
    {
        var bytes = ModelFile.Write(new StoredModel(Info, new FactorModel(new ItemIndex([1, 2]), 1, [1, 2], new FoldInOptions())));
        var content = bytes.AsSpan(0, bytes.Length - 32);
        BitConverter.TryWriteBytes(content[^4..], float.NaN);
        SHA256.HashData(content).CopyTo(bytes, content.Length);
        Assert.Contains("not finite", Assert.Throws<InvalidDataException>(() => ModelFile.Read(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_format_says_so()
    {
        var bytes = ModelFile.Write(new StoredModel(Info, new FactorModel(new ItemIndex([1, 2]), 1, [1, 2], new FoldInOptions())));
        bytes[8] = 2;
        SHA256.HashData(bytes.AsSpan(0, bytes.Length - 32)).CopyTo(bytes, bytes.Length - 32);
        Assert.Contains("format 2", Assert.Throws<InvalidDataException>(() => ModelFile.Read(bytes)).Message, StringComparison.Ordinal);
    }

    private static IModel Train(string kind, InteractionMatrix matrix) => kind switch
    {
        "factors" => new AlsTrainer(new AlsOptions { Rank = 2, Epochs = 2 }).Train(matrix),
        "neighbours" => new ItemItemTrainer(new ItemItemOptions { Neighbours = 3 }).Train(matrix),
        "blend" => new BlendModel([new("als", Train("factors", matrix), .6f), new("item-item", Train("neighbours", matrix), .4f)]),
        _ => new PopularityTrainer(product => product % 4).Train(matrix),
    };
}
