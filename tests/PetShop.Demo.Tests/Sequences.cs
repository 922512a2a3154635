namespace PetShop.Demo.Tests;

internal static class Sequences
{
    /// <summary>Each element with the one after it.</summary>
    public static IEnumerable<(T First, T Second)> Pairwise<T>(this IEnumerable<T> source)
    {
        var list = source.ToList();
        return list.Zip(list.Skip(1));
    }
}
