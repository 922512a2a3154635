using Microsoft.AspNetCore.Http;
using Npgsql;
using PetShop.Web.Database;

namespace PetShop.Web.Tests.Database;

public sealed class OutageCoverTests
{
    private readonly HttpContextAccessor _accessor = new();

    [Fact]
    public async Task What_was_kept_is_shown_only_when_a_second_reading_fails_too()
    {
        var (cover, http, readings) = (Cover("GET"), _accessor.HttpContext!, 0);
        Task<string> Once() => ++readings == 1 ? throw new NpgsqlException("broken") : Task.FromResult("fresh");
        Assert.Equal("fresh", await cover.ReadAsync(Once, () => "kept"));
        Assert.False(OutageCover.IsUsedIn(http));

        Assert.Equal("kept", await cover.ReadAsync(Fail, () => "kept"));
        Assert.True(OutageCover.IsUsedIn(http));
        // The rest of the page does not wait for a time-out again.
        Assert.Equal("also kept", await cover.ReadAsync(() => throw new InvalidOperationException("Read again."), () => "also kept"));
        await Assert.ThrowsAsync<NpgsqlException>(() => cover.ReadAsync(Fail, () => null));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData(null)]
    public async Task Who_changes_something_and_work_without_a_request_are_never_given_what_was_kept(string? method) =>
        await Assert.ThrowsAsync<NpgsqlException>(() => Cover(method).ReadAsync(Fail, () => "kept"));

    [Fact]
    public async Task A_fault_of_ours_is_not_covered_up() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Cover("GET").ReadAsync(() => throw new InvalidOperationException("A fault."), () => "kept"));

    private static Task<string> Fail() => Task.FromException<string>(new NpgsqlException("away"));

    private OutageCover Cover(string? method)
    {
        _accessor.HttpContext = method is null ? null : new DefaultHttpContext { Request = { Method = method } };
        return new(_accessor);
    }
}
