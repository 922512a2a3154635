namespace PetShop.Web;

/// <summary>Words as they stand in a sentence, whatever they are about.</summary>
public static class Phrases
{
    /// <summary>A phrase as it begins a sentence or a row.</summary>
    public static string Capital(string phrase) => phrase.Length == 0 ? "" : char.ToUpperInvariant(phrase[0]) + phrase[1..];
}
