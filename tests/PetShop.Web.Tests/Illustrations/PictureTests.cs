using System.Net;
using System.Xml.Linq;
using PetShop.Demo.Catalogue;
using PetShop.TestHost;
using PetShop.Web.Illustrations;

namespace PetShop.Web.Tests.Illustrations;

public sealed class PictureTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    public static TheoryData<string> Keys => [.. Gallery.Keys];

    [Fact]
    public void Every_drawing_the_demo_catalogue_asks_for_exists() =>
        Assert.DoesNotContain(IllustrationKeys.All, key => !Gallery.Draws(key));

    [Theory, MemberData(nameof(Keys))]
    public void Every_drawing_is_well_formed_and_the_same_each_time(string key)
    {
        for (var seed = 0; seed < 24; seed++)
        {
            var svg = Gallery.Draw(new Picture(key, seed * 15, 200, seed));
            Assert.Equal("svg", XDocument.Parse(svg).Root!.Name.LocalName);
            Assert.Equal(svg, Gallery.Draw(new Picture(key, seed * 15, 200, seed)));
        }
    }

    [Theory]
    [InlineData("kibble-bag-38-210-7", true)]
    [InlineData("kibble-bag-38-210", false)]
    [InlineData("kibble-bag-360-210-7", false)]
    [InlineData("kibble-bag-038-210-7", false)]
    [InlineData("kibble-bag-38-210-+7", false)]
    [InlineData("unicorn-38-210-7", false)]
    [InlineData("-1-2-3", false)]
    [InlineData("", false)]
    public void Only_one_spelling_of_a_known_drawing_is_an_address(string name, bool isPicture) =>
        Assert.Equal(isPicture, Picture.Parse(name) is not null);

    [Fact]
    public void An_address_reads_back_as_the_picture_it_was_made_of() =>
        Assert.Equal(new Picture("can", 12, 80, 41), Picture.Parse(Path.GetFileNameWithoutExtension(Picture.Url("can", 12, 80, 41))));

    [Fact]
    public async Task A_picture_may_be_kept_for_ever_and_an_unknown_one_is_not_found()
    {
        var server = await fixture.ServerAsync();
        using var http = new HttpClient { BaseAddress = server.Address };
        var found = await http.GetAsync(new Uri("/pictures/bed-20-140-3.svg", UriKind.Relative));
        Assert.Equal("image/svg+xml", found.Content.Headers.ContentType!.MediaType);
        Assert.Contains("immutable", found.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("<svg", await found.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri("/pictures/bed-20-140.svg", UriKind.Relative))).StatusCode);
    }
}
