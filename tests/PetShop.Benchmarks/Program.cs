using PetShop.Benchmarks;
using PetShop.Benchmarks.Bare;
using PetShop.Benchmarks.Marks;
using PetShop.Benchmarks.Quality;
using PetShop.Benchmarks.Segments;

if (args is ["bare-server", ..])
{
    await BareServer.RunAsync(args[1..]);
    return 0;
}

(string Name, Func<Pace, Task> Run)[] benchmarks =
[
    ("pages", PageBenchmark.RunAsync),
    ("growth", GrowthBenchmark.RunAsync),
    ("events", EventBenchmark.RunAsync),
    ("marks", MarksBenchmark.RunAsync),
    ("training", TrainingBenchmark.RunAsync),
    ("serving", ServingBenchmark.RunAsync),
    ("neighbours", NeighbourBenchmark.RunAsync),
    ("segments", SegmentsBenchmark.RunAsync),
    ("letters", LetterBenchmark.RunAsync),
    ("quality", QualityBenchmark.RunAsync),
];
var names = args.Where(a => !a.StartsWith("--", StringComparison.Ordinal)).ToList();
if (args.FirstOrDefault(a => a.StartsWith("--", StringComparison.Ordinal) && a != "--quick" && !a.StartsWith("--only=", StringComparison.Ordinal)) is { } option)
{
    Console.Error.WriteLine($"There is no option {option}; there are --quick and --only=, which takes pages, data sets, parts of \"segments\" (dirty, full, preview, live, fresh), \"signed in\", \"new visitor\" and numbers of connections between commas");
    return 1;
}
string[] only = [.. args.Where(a => a.StartsWith("--only=", StringComparison.Ordinal)).SelectMany(a => a["--only=".Length..].Split(','))];
if (names.Find(n => Array.TrueForAll(benchmarks, b => b.Name != n)) is { } unknown)
{
    Console.Error.WriteLine($"There is no benchmark \"{unknown}\". Name some of {string.Join(", ", benchmarks.Select(b => b.Name))}, or none for all; --quick shortens them.");
    return 1;
}
foreach (var (name, run) in benchmarks)
    if (names.Count == 0 || names.Contains(name))
        await run((args.Contains("--quick") ? Pace.Quick : Pace.Full) with { Only = only });
return 0;
