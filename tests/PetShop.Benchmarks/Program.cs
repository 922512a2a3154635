using PetShop.Benchmarks;
using PetShop.Benchmarks.Bare;

if (args is ["bare-server", ..])
{
    await BareServer.RunAsync(args[1..]);
    return 0;
}

(string Name, Func<Task> Run)[] benchmarks =
[
    ("pages", PageBenchmark.RunAsync),
    ("growth", PageBenchmark.RunGrowthAsync),
];
var chosen = args.Length == 0 ? benchmarks : [.. benchmarks.Where(b => args.Contains(b.Name))];
if (chosen.Length == 0)
{
    Console.Error.WriteLine($"Name one or more of: {string.Join(", ", benchmarks.Select(b => b.Name))}; none runs all.");
    return 1;
}
foreach (var benchmark in chosen)
    await benchmark.Run();
return 0;
