using Microsoft.EntityFrameworkCore;
using PetShop.Web.Tests.Targeting;
using PetShop.Web.Tests.Tracking;

namespace PetShop.Web.Tests.Admin;

public sealed class ModelPageTests(TargetedShop shop) : IClassFixture<TargetedShop>
{
    [Theory]
    [InlineData("merchandiser")]
    [InlineData("administrator")]
    public async Task Staff_of_either_role_train_with_a_second_press_and_see_how_it_ended(string role)
    {
        var server = await shop.ServerAsync();
        var before = await RunsAsync();
        using var staff = server.SignedIn(role);
        var page = await staff.GetAsync("/admin/models");
        Assert.NotNull(page.QuerySelector("[popover] form[action$='handler=Train']"));
        await staff.SubmitAsync(page.QuerySelector("form[action$='handler=Train']")!);
        await server.EventuallyAsync(before + 1, "SELECT count(*) FROM job_runs WHERE name = 'train' AND finished_at IS NOT NULL");
        Assert.Contains("too few to learn from", (await staff.GetAsync("/admin/models")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.True(await server.WithDbAsync(db => db.AuditEntries.AnyAsync(a => a.Action == "model.train")));
    }

    [Fact]
    public async Task A_training_under_way_on_another_server_is_shown_and_its_end_loads_the_page_again()
    {
        var server = await shop.ServerAsync();
        using var staff = server.SignedIn("merchandiser");
        var run = await server.ScalarAsync<long>("INSERT INTO job_runs (name, started_at, succeeded, detail) VALUES ('train', now() + interval '1 second', false, 'schedule') RETURNING id");
        var page = await staff.GetAsync("/admin/models");
        Assert.Contains("Under way on another server", page.QuerySelector("#training")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/admin/models?handler=Progress", page.QuerySelector("#training")!.GetAttribute("hx-get"));
        await server.ScalarAsync<long>("UPDATE job_runs SET finished_at = now(), succeeded = true WHERE id = $1 RETURNING id", run);
        using var answer = await staff.Client.GetAsync("/admin/models?handler=Progress");
        Assert.Equal("true", answer.Headers.GetValues("HX-Refresh").Single());
        await server.ScalarAsync<long>("DELETE FROM job_runs WHERE id = $1 RETURNING id", run);
    }

    [Theory]
    [InlineData("/admin/models/compare", "There is no model yet")]
    [InlineData("/admin/models/before-after", "No model is in service here yet")]
    [InlineData("/admin/models/search", "No search was made yet")]
    public async Task A_shop_without_a_model_is_told_so(string path, string says)
    {
        using var staff = (await shop.ServerAsync()).SignedIn("merchandiser");
        Assert.Contains(says, (await staff.GetAsync(path)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        using var stranger = (await shop.ServerAsync()).SignedIn("shopper");
        using var answer = await stranger.Client.GetAsync(path);
        Assert.False(answer.IsSuccessStatusCode);
    }

    private async Task<long> RunsAsync() => await (await shop.ServerAsync()).ScalarAsync<long>("SELECT count(*) FROM job_runs WHERE name = 'train' AND finished_at IS NOT NULL");
}
