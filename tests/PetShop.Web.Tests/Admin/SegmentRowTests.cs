using PetShop.Targeting.Segments;
using PetShop.Web.Areas.Admin;
using PetShop.Web.Areas.Admin.Reports;
using PetShop.Web.Catalog;

namespace PetShop.Web.Tests.Admin;

/// <summary>Rows of the rule editor change their place, and sentences are held against each other.</summary>
public sealed class SegmentRowTests
{
    // 0 all: 1 fact, 2 any (3 fact, 4 their pets (5 fact)), 6 fact
    private static readonly List<RuleFormRow> Rows =
    [
        new() { Id = 0, Kind = "all" }, new() { Id = 1, Parent = 0, Kind = "trait", Trait = "orders.count" }, new() { Id = 2, Parent = 0, Kind = "any" },
        new() { Id = 3, Parent = 2, Kind = "trait", Trait = "place.city" }, new() { Id = 4, Parent = 2, Kind = "pets" }, new() { Id = 5, Parent = 4, Kind = "trait", Trait = "species" },
        new() { Id = 6, Parent = 0, Kind = "trait", Trait = "place.country" },
    ];

    [Fact]
    public void A_row_moves_among_its_siblings_and_no_further()
    {
        Assert.Equal([1, 6, 2], Children(SegmentFormRows.Move(Rows, 6, -1), 0));
        Assert.Equal([6, 1, 2], Children(SegmentFormRows.Move(SegmentFormRows.Move(Rows, 6, -1), 6, -1), 0));
        Assert.Equal([1, 2, 6], Children(SegmentFormRows.Move(Rows, 1, -1), 0));
        Assert.Equal([3, 4], Children(SegmentFormRows.Move(Rows, 2, 1), 2));
    }

    [Fact]
    public void A_row_moves_into_the_group_beside_it_and_out_again_with_all_that_stands_in_it()
    {
        var inside = SegmentFormRows.Into(Rows, 6);
        Assert.Equal([1, 2], Children(inside, 0));
        Assert.Equal([3, 4, 6], Children(inside, 2));
        Assert.Equal([1, 2, 4, 6], Children(SegmentFormRows.Out(Rows, 4), 0));
        Assert.Equal([5], Children(SegmentFormRows.Out(Rows, 4), 4));
        Assert.Equal([1, 2, 6], Children(SegmentFormRows.Out(inside, 6), 0));
    }

    [Fact]
    public void What_is_said_of_a_pet_does_not_leave_the_pet()
    {
        Assert.Same(Rows, SegmentFormRows.Out(Rows, 5));
        Assert.Same(Rows, SegmentFormRows.Out(Rows, 1));
        Assert.Same(Rows, SegmentFormRows.Into(Rows, 5));
        var editor = new RuleEditor(Rows, [], []);
        Assert.Equal(["down", "into"], editor.Moves(Rows[1]).Select(m => m.Action));
        Assert.Equal(["down", "out"], editor.Moves(Rows[3]).Select(m => m.Action));
        Assert.Empty(editor.Moves(Rows[5]));
    }

    [Fact]
    public void A_row_is_dropped_before_another_or_at_the_end_of_any_group_that_holds_its_kind()
    {
        Assert.Equal([6, 1, 2], Children(SegmentFormRows.Place(Rows, 6, 0, 1), 0));
        Assert.Equal([2, 6, 1], Children(SegmentFormRows.Place(Rows, 1, 0, null), 0));
        Assert.Equal([3, 6, 4], Children(SegmentFormRows.Place(Rows, 6, 2, 4), 2));
        var lifted = SegmentFormRows.Place(Rows, 4, 0, 1);
        Assert.Equal([4, 1, 2, 6], Children(lifted, 0));
        Assert.Equal([5], Children(lifted, 4));
    }

    [Theory]
    [InlineData(0, 2, null)] // the outermost group
    [InlineData(2, 2, null)] // into itself
    [InlineData(2, 4, null)] // into what it holds
    [InlineData(1, 4, null)] // a fact of the shopper among the pet's
    [InlineData(5, 2, null)] // a fact of a pet among the shopper's
    [InlineData(6, 1, null)] // into a row that holds nothing
    [InlineData(6, 2, 1)] // before a row of another group
    [InlineData(6, 0, 6)] // before itself
    [InlineData(99, 0, null)]
    [InlineData(6, 99, null)]
    public void A_row_is_not_dropped_where_it_cannot_stand(int row, int group, int? before) => Assert.Same(Rows, SegmentFormRows.Place(Rows, row, group, before));

    [Fact]
    public void A_sequence_comes_with_its_two_steps_and_keeps_them()
    {
        var rows = SegmentFormRows.Add(Rows, 0, "sequence");
        Assert.NotNull(RuleForm.Read([rows[0], .. rows.TakeLast(3)], Money.Figures, out _));
        var (sequence, first, then) = (rows[^3], rows[^2], rows[^1]);
        Assert.Equal(TraitScope.Event, SegmentFormRows.InsideOf(rows, then.Id));
        Assert.Empty(new RuleEditor(rows, [], []).Moves(then));
        Assert.Same(rows, SegmentFormRows.Remove(rows, first.Id));
        Assert.Same(rows, SegmentFormRows.Move(rows, first.Id, 1));
        Assert.Same(rows, SegmentFormRows.Place(rows, first.Id, 0, null));
        Assert.Same(Rows, SegmentFormRows.Add(Rows, 0, "step"));
        Assert.Equal(Rows, SegmentFormRows.Remove(rows, sequence.Id));
        var narrowed = SegmentFormRows.Add(SegmentFormRows.Add(rows, first.Id, "trait"), then.Id, "trait");
        Assert.Equal([narrowed[^1].Id, narrowed[^2].Id], Children(SegmentFormRows.Place(narrowed, narrowed[^2].Id, then.Id, null), then.Id));
        // The keyboard goes on at what came first.
        Assert.Equal($"{first.Id}:first", SegmentFormActions.Apply(new() { Rows = Rows }, "add:sequence:0", "").Focus);
    }

    [Theory]
    [InlineData("sum")]
    [InlineData("distinct")]
    public void What_may_be_measured_of_events_makes_a_rule(string measure)
    {
        var row = new RuleFormRow { Id = 0, Kind = "event", Event = "purchased", Measure = measure, Operator = ">=", Value = "1" };
        Assert.NotEmpty(RuleEditor.MeasuredTraits(row));
        Assert.All(RuleEditor.MeasuredTraits(row), of => Assert.NotNull(RuleForm.Read([row with { Trait = of.Key }], Money.Figures, out _)));
    }

    [Fact]
    public void Sentences_tell_their_changed_words_and_only_those()
    {
        var (before, after) = WordDiff.Of("Visitors who bought something at least 2 times, and whose city is Bonn.", "Visitors who bought something at least 5 times.");
        Assert.Equal("Visitors who bought something at least 2 times, and whose city is Bonn.", string.Concat(before.Select(p => p.Text)));
        Assert.Equal([" 2", ", and whose city is Bonn"], before.Where(p => p.IsChanged).Select(p => p.Text));
        Assert.Equal([" 5"], after.Where(p => p.IsChanged).Select(p => p.Text));
        Assert.Equal("Visitors whose average order is at least 60.00.", string.Concat(WordDiff.Of("Visitors whose average order is at least 60.00.", "Nobody.").Before.Select(p => p.Text)));
    }

    private static IEnumerable<int> Children(List<RuleFormRow> rows, int parent) => rows.Where(r => r.Parent == parent).Select(r => r.Id);
}
