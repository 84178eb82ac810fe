namespace XmppHost.Plugins.HttpUpload.Policy;

/// <summary>The languages that refusals are told in.</summary>
internal static class Languages
{
    private static readonly string[] Binary = ["bytes", "KiB", "MiB", "GiB", "TiB"];

    internal static Phrases English { get; } = new("en", ".", Binary)
    {
        Forbidden = "You may not upload files here.",
        NameMissing = "The file needs a name.",
        NameIsPath = "The file's name is a path: it must have no slashes.",
        NameUnreadable = "The file's name has characters that no name can have.",
        SizeMalformed = "The file's size must be a positive number of bytes.",
        TypeMalformed = "This is not a content type.",
        TypeMissing = "The type of the file must be given.",
        TypeNotAllowed = "Files of this type are not allowed.",
        PurposeTwice = "A file has one purpose, not several.",
        PurposeNotServed = "This service does not take files for this purpose.",
        ExpiryMalformed = "It must be said until when the file may be kept, as date and time.",
        ExpiryPassed = "The time until which the file may be kept has passed already.",
        TooLarge = "The file is too large. The limit is {0}.",
        TooManySlots = "You can upload {0} files in a minute. Please wait a moment.",
        DayIsUsedUp = "You can upload {0} in 24 hours, of which {1} are left. Please try again later.",
        SpaceIsUsedUp = "Your files can take {0} here, of which {1} are left. Delete some, or wait until old ones expire.",
        TooManyFiles = "You can have {0} files here, and have them. Delete some, or wait until old ones expire.",
        BackendFailed = "There is no place for the file just now. Please try again later.",
    };

    private static Phrases German { get; } = new("de", ",", ["Bytes", .. Binary[1..]])
    {
        Forbidden = "Sie dürfen hier keine Dateien hochladen.",
        NameMissing = "Die Datei braucht einen Namen.",
        NameIsPath = "Der Name der Datei ist ein Pfad: Er darf keine Schrägstriche enthalten.",
        NameUnreadable = "Der Name der Datei enthält Zeichen, die kein Name haben kann.",
        SizeMalformed = "Die Größe der Datei muss eine positive Zahl von Bytes sein.",
        TypeMalformed = "Das ist kein Inhaltstyp.",
        TypeMissing = "Der Typ der Datei muss angegeben werden.",
        TypeNotAllowed = "Dateien dieses Typs sind nicht erlaubt.",
        PurposeTwice = "Eine Datei hat einen Zweck, nicht mehrere.",
        PurposeNotServed = "Dieser Dienst nimmt keine Dateien für diesen Zweck an.",
        ExpiryMalformed = "Bis wann die Datei behalten werden darf, muss als Datum und Uhrzeit angegeben werden.",
        ExpiryPassed = "Der Zeitpunkt, bis zu dem die Datei behalten werden darf, ist schon vorbei.",
        TooLarge = "Die Datei ist zu groß. Die Grenze liegt bei {0}.",
        TooManySlots = "Sie können {0} Dateien pro Minute hochladen. Bitte warten Sie einen Moment.",
        DayIsUsedUp = "Sie können in 24 Stunden {0} hochladen, davon sind noch {1} übrig. Bitte versuchen Sie es später wieder.",
        SpaceIsUsedUp = "Ihre Dateien können hier {0} belegen, davon sind noch {1} übrig. Löschen Sie welche, oder warten Sie, bis alte ablaufen.",
        TooManyFiles = "Sie können hier {0} Dateien haben, und so viele haben Sie. Löschen Sie welche, oder warten Sie, bis alte ablaufen.",
        BackendFailed = "Im Moment ist kein Platz für die Datei zu bekommen. Bitte versuchen Sie es später wieder.",
    };

    private static Phrases French { get; } = new("fr", ",", ["octets", "Kio", "Mio", "Gio", "Tio"])
    {
        Forbidden = "Vous n’êtes pas autorisé à envoyer des fichiers ici.",
        NameMissing = "Le fichier doit avoir un nom.",
        NameIsPath = "Le nom du fichier est un chemin : il ne doit pas contenir de barre oblique.",
        NameUnreadable = "Le nom du fichier contient des caractères qu’aucun nom ne peut avoir.",
        SizeMalformed = "La taille du fichier doit être un nombre positif d’octets.",
        TypeMalformed = "Ceci n’est pas un type de contenu.",
        TypeMissing = "Le type du fichier doit être indiqué.",
        TypeNotAllowed = "Les fichiers de ce type ne sont pas autorisés.",
        PurposeTwice = "Un fichier a un seul usage, pas plusieurs.",
        PurposeNotServed = "Ce service n’accepte pas de fichiers pour cet usage.",
        ExpiryMalformed = "Il faut indiquer jusqu’à quand le fichier peut être conservé, avec la date et l’heure.",
        ExpiryPassed = "Le moment jusqu’auquel le fichier peut être conservé est déjà passé.",
        TooLarge = "Le fichier est trop volumineux. La limite est de {0}.",
        TooManySlots = "Vous pouvez envoyer {0} fichiers par minute. Veuillez patienter un instant.",
        DayIsUsedUp = "Vous pouvez envoyer {0} en 24 heures, dont il reste {1}. Veuillez réessayer plus tard.",
        SpaceIsUsedUp = "Vos fichiers peuvent occuper {0} ici, dont il reste {1}. Supprimez-en, ou attendez que d’anciens expirent.",
        TooManyFiles = "Vous pouvez avoir {0} fichiers ici, et vous les avez. Supprimez-en, ou attendez que d’anciens expirent.",
        BackendFailed = "Il n’y a pas de place pour le fichier en ce moment. Veuillez réessayer plus tard.",
    };

    private static Phrases Spanish { get; } = new("es", ",", Binary)
    {
        Forbidden = "No puede subir archivos aquí.",
        NameMissing = "El archivo necesita un nombre.",
        NameIsPath = "El nombre del archivo es una ruta: no debe contener barras.",
        NameUnreadable = "El nombre del archivo contiene caracteres que ningún nombre puede tener.",
        SizeMalformed = "El tamaño del archivo debe ser un número positivo de bytes.",
        TypeMalformed = "Esto no es un tipo de contenido.",
        TypeMissing = "Hay que indicar el tipo del archivo.",
        TypeNotAllowed = "No se permiten archivos de este tipo.",
        PurposeTwice = "Un archivo tiene un solo propósito, no varios.",
        PurposeNotServed = "Este servicio no acepta archivos para este propósito.",
        ExpiryMalformed = "Hay que indicar hasta cuándo se puede conservar el archivo, con fecha y hora.",
        ExpiryPassed = "El momento hasta el que se puede conservar el archivo ya ha pasado.",
        TooLarge = "El archivo es demasiado grande. El límite es de {0}.",
        TooManySlots = "Puede subir {0} archivos por minuto. Espere un momento, por favor.",
        DayIsUsedUp = "Puede subir {0} en 24 horas, de los que quedan {1}. Inténtelo de nuevo más tarde, por favor.",
        SpaceIsUsedUp = "Sus archivos pueden ocupar {0} aquí, de los que quedan {1}. Borre algunos, o espere a que caduquen los antiguos.",
        TooManyFiles = "Puede tener {0} archivos aquí, y los tiene. Borre algunos, o espere a que caduquen los antiguos.",
        BackendFailed = "Ahora mismo no hay sitio para el archivo. Inténtelo de nuevo más tarde, por favor.",
    };

    /// <summary>By the language tag of the request; English where there is none, or none of ours.</summary>
    internal static Phrases Of(string? tag)
    {
        var subtag = tag.AsSpan();
        if (subtag.IndexOf('-') is >= 0 and var end) subtag = subtag[..end];
        if (subtag.Equals("de", StringComparison.OrdinalIgnoreCase)) return German;
        if (subtag.Equals("fr", StringComparison.OrdinalIgnoreCase)) return French;
        return subtag.Equals("es", StringComparison.OrdinalIgnoreCase) ? Spanish : English;
    }
}
