using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PetShop.Recommender.Interactions;
using PetShop.Recommender.Ranking;

namespace PetShop.Recommender.Tests.Ranking;

/// <summary>Builds model files byte by byte as docs/model-format.md says, without the code that writes ours.</summary>
public sealed class DocumentedFormatTests
{
    private const string Info = """{"Version":"2026-06-01","Trainer":"my-engine","TrainedAt":"2026-06-01T04:00:00+00:00","DataCutoff":"2026-06-01T00:00:00+00:00","Parameters":{"rank":"2"}}""";
    private const string FoldIn = """{"UnobservedWeight":0.3,"Regularization":0.03,"FrequencyExponent":1}""";
    private static readonly int[] Ids = [11, 12, 15];
    private static readonly float[] Factors = [0.9f, 0.1f, 0.8f, 0.3f, -0.2f, 1.0f];

    [Fact]
    public void A_file_of_item_factors_written_as_the_document_says_is_served()
    {
        var (info, model) = ModelFile.Read(File(1, $$"""{"Info":{{Info}},"Rank":2,"FoldIn":{{FoldIn}}}""", w => Write(w, Factors)));
        Assert.Equal("my-engine", info.Trainer);
        Assert.Equal(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero), info.DataCutoff);
        var factors = Assert.IsType<FactorModel>(model);
        Assert.Equal(Ids, factors.Items.Products.ToArray());
        // The basis may be turned, which keeps every product of two rows.
        Assert.Equal(0.9f * 0.8f + 0.1f * 0.3f, System.Numerics.Tensors.TensorPrimitives.Dot(factors.FactorsOf(0), factors.FactorsOf(1)), 1e-5f);
        var scores = new float[3];
        factors.Score([new Interaction(0, 6)], scores);
        Assert.True(scores[1] > scores[2], $"{scores[1]} {scores[2]}");
    }

    [Fact]
    public void What_is_optional_may_be_missing()
    {
        var info = ModelFile.Read(File(1, """{"Info":{"Version":"1","Trainer":"t","TrainedAt":"2026-06-01T04:00:00+00:00","DataCutoff":"2026-06-01T00:00:00+00:00"},"Rank":2}""", w => Write(w, Factors))).Info;
        Assert.Empty(info.Parameters);
        Assert.Empty(info.Quality);
    }

    [Fact]
    public void The_fold_in_may_be_left_out_and_the_fewest_fields_do() =>
        Assert.Equal(new FoldInOptions(), ((FactorModel)ModelFile.Read(File(1, $$"""{"Info":{{Info}},"Rank":2}""", w => Write(w, Factors))).Model).Options);

    [Fact]
    public void Neighbours_and_popularity_are_laid_out_as_documented()
    {
        var neighbours = (NeighbourModel)ModelFile.Read(File(2, $$"""{"Info":{{Info}},"Rank":0}""", w =>
        {
            foreach (var number in new[] { 0, 2, 3, 3, 3 })
                w.Write(number);
            foreach (var (column, score) in new[] { (1, .5f), (2, -.25f), (0, 1f) })
            {
                w.Write(column);
                w.Write(score);
            }
        })).Model;
        Assert.Equal([new Ranked(1, .5f), new Ranked(2, -.25f)], neighbours.Of(0).ToArray());
        Assert.Equal([new Ranked(0, 1)], neighbours.Of(1).ToArray());
        var popularity = (PopularityModel)ModelFile.Read(File(3, $$"""{"Info":{{Info}},"Rank":0}""", w => { Write(w, 3, 2, 1); w.Write(0); })).Model;
        Assert.Equal([3, 2, 1], popularity.Scores.ToArray());
    }

    [Theory]
    [InlineData("""{"Rank":2}""", "Info")]
    [InlineData("""{"Info":null,"Rank":2}""", "Info")]
    [InlineData("not json", "usable model")]
    [InlineData("""{"Info":INFO,"Rank":0}""", "0 factors")]
    [InlineData("""{"Info":INFO,"Rank":-2}""", "-2 factors")]
    [InlineData("""{"Info":INFO,"Rank":100000}""", "100000 factors")]
    [InlineData("""{"Info":INFO,"Rank":3}""", "too early")]
    [InlineData("""{"Info":INFO,"Rank":1}""", "too many")]
    [InlineData("""{"Info":INFO,"Rank":2,"FoldIn":{"Regularization":0}}""", "regularisation (0)")]
    public void A_header_that_says_something_impossible_is_refused_under_a_right_checksum(string header, string part) =>
        Assert.Contains(part, Refused(File(1, header.Replace("INFO", Info, StringComparison.Ordinal), w => Write(w, Factors))), StringComparison.Ordinal);

    [Fact]
    public void Ids_out_of_order_are_refused() =>
        Assert.Contains("must increase", Refused(File(1, $$"""{"Info":{{Info}},"Rank":2}""", w => Write(w, Factors), [11, 15, 12])), StringComparison.Ordinal);

    [Fact]
    public void Any_single_flipped_byte_and_any_cut_is_refused_whatever_the_factors()
    {
        var cases = from factors in Gen.ArrayOf(Gen.Choose(-1000, 1000), 6)
                    from at in Gen.Choose(0, int.MaxValue - 1)
                    from mask in Gen.Choose(1, 255)
                    select (factors, at, mask);
        Check.QuickThrowOnFailure(Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var whole = File(1, $$"""{"Info":{{Info}},"Rank":2}""", w => Write(w, Array.ConvertAll(c.factors, f => f / 100f + .001f)));
            ModelFile.Read(whole);
            byte[] flipped = [.. whole];
            flipped[c.at % whole.Length] ^= (byte)c.mask;
            return Refused(flipped).Length > 0 && Refused(whole[..(c.at % whole.Length)]).Length > 0;
        }));
    }

    private static string Refused(byte[] bytes) => Assert.Throws<InvalidDataException>(() => ModelFile.Read(bytes)).Message;

    private static void Write(BinaryWriter writer, params ReadOnlySpan<float> values)
    {
        foreach (var value in values)
            writer.Write(value);
    }

    // BinaryWriter is little-endian everywhere.
    private static byte[] File(int kind, string header, Action<BinaryWriter> arrays, int[]? ids = null)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write("PETSHOPM"u8);
        writer.Write(1);
        writer.Write(kind);
        var text = Encoding.UTF8.GetBytes(header);
        writer.Write(text.Length);
        writer.Write(text);
        writer.Write(Ids.Length);
        foreach (var id in ids ?? Ids)
            writer.Write(id);
        arrays(writer);
        writer.Flush();
        writer.Write(SHA256.HashData(bytes.ToArray()));
        writer.Flush();
        return bytes.ToArray();
    }
}
