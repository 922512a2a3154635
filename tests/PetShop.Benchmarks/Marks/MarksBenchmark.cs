namespace PetShop.Benchmarks.Marks;

/// <summary>What training and serving may cost, each figure with its mark and verdict; needs no database.</summary>
public static class MarksBenchmark
{
    public static Task RunAsync(Pace pace)
    {
        var table = new MarkTable();
        ServingMarks.Add(table, pace);
        TrainingMarks.Add(table, pace);
        table.Write();
        return Task.CompletedTask;
    }
}
