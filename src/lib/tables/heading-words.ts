/**
 * What a word of a heading means. `named` is a word for a name that its neighbours settle: *nom* is the family name
 * beside *prénom*, *nome* the given name beside *cognome*. `middle` is a family name only where there is no other;
 * `between` stands before a family name (*van der*); `level` is a group only where there is no other.
 * `other` is of somebody or something that is not needed here; `filler` says nothing.
 */
export type Meaning =
  | 'named'
  | 'given'
  | 'family'
  | 'middle'
  | 'between'
  | 'whole-family-first'
  | 'whole'
  | 'first'
  | 'second'
  | 'pupil'
  | 'username'
  | 'password'
  | 'display'
  | 'role'
  | 'group'
  | 'level'
  | 'other'
  | 'filler';

/**
 * The words of headings where Europe's schools write lists, a comma between them; of several that begin alike the longest
 * counts. Written as they are said: accents and capitals do not matter.
 */
export const headingWords: Readonly<Record<Meaning, string>> = {
  named: `nombre, nombres, numele, nome, nomes, nom, noms, nume, name, names, navn, namn, naam, namen, nafn, nimi, jméno, jména,
    meno, imię, imiona, imię ucznia, ime, імʼя, ім'я, имя, име, имена, імена, ονομα, ονόματα, όνομα, ad, adı, adi, isim, név, neve, emri,
    emër, vārds, vardas, izena, izen, enw, ainm, isem, სახელი, անուն, الاسم, اسم, 名字`,
  given: `nombre de pila, nombre propio, primer nombre, pila, given name, given names, given, first name, first names,
    firstname, forename, forenames, christian name, preferred name, preferred forename, preferred first name, ees, prénom, prénoms, nom de fonts, nom propi, vorname,
    vornamen, rufname, prenume, prenumele, nome próprio, nome proprio, primeiro nome, voornaam, voornamen, roepnaam, fornavn, förnamn,
    fornamn, tilltalsnamn, eiginnafn, fornafn, etunimi, etunimet, kutsumanimi, eesnimi, krstné meno, křestní jméno,
    osobno ime, keresztnév, keresztneve, utónév, utóneve, собственное имя, lietotais vārds, ponta izena, enw cyntaf, céadainm, الاسم الشخصي, الاسم الأول, שם פרטי, 名`,
  family: `apellido, apellidos, family name, family names, family, last name, last names, lastname, surname, surnames,
    second name, cognom, cognoms, llinatge, llinatges, cognome, cognomi, apelido, apelidos, sobrenome, último nome, nom de famille, nom de naissance,
    nom de família, nom d'usage, nachname, nachnamen, familienname, zuname, achternaam, familienaam, geslachtsnaam, efternavn, etternavn, slektsnavn,
    efternamn, eftirnafn, kenninafn, sukunimi, perekonnanimi, perenimi, uzvārds, pavardė, nazwisko, nazwiska,
    příjmení, priezvisko, priimek, prezime, vezetéknév, vezetékneve, családnév, családi név, nume de familie, last, фамилия,
    фамилии, прізвище, прізвища, επώνυμο, επώνυμα, επίθετο, soyad, soyadı, soyisim, soy isim, soyismi, mbiemri, mbiemër, გვარი,
    ազգանուն, kunjom, cyfenw, sloinne, abizena, abizenak, abizen, deitura, deiturak, اللقب, لقب, النسب, الاسم العائلي, اسم العائلة, שם משפחה, 姓, 姓氏`,
  middle: 'презиме',
  between:
    'tussenvoegsel, tussenvoegsels, tussenv, tussenvoeg, voorvoegsel, voorvoegsels, namenszusatz, vorsatzwort',
  'whole-family-first': 'фио, ф и о, піб, п і б, tanuló neve, tanulók neve, diák neve, gyermek neve',
  whole: `completo, completa, full, fullname, complet, complets, vollständig, vollständiger, volledige, pełne, celé, полное, повне,
    ονοματεπώνυμο, ad soyad, adı soyadı, täisnimi, koko nimi, izen abizenak, izen-abizenak, teljes, teljes név, helt, fullt,
    fulde, fulde navn, ime i prezime, име и презиме, ime in priimek, 姓名, שם מלא, الاسم الكامل`,
  first: `first, primer, primero, primera, 1, 1er, 1o, 1r, 1st, paterno, primeiro, primo, erster, premier, lehen, lehenengo,
    lehenbiziko, apellido1, cognom1`,
  second: `segundo, segunda, 2, 2do, 2o, 2n, 2nd, materno, second, segon, secondo, zweiter, bigarren, deuxième,
    druhé, drugie, drugo`,
  pupil: `alumno, alumna, alumnos, alumnas, alumnado, alumne, alumnes, alumnat, estudiante, estudiantes, estudiant, estudiants,
    pupil, pupils, student, students, learner, learners, child, children, élève, élèves, schüler, schülerin, schülerinnen, schulkind,
    aluno, aluna, alunos, alunas, alunno, alunna, alunni, studente, studenti, studentessa, leerling, leerlingen, elev, elever, eleven, elevnavn, elevnamn,
    eleverne, elevul, elevului, elevi, elevii, uczeń, ucznia, uczennica, uczniowie, žák, žáka, žáci, žiak, žiaka, žiaci, učenik, učenika,
    učenci, učenec, učenca, učenici, dijak, tanuló, tanulók, diák, ikaslea, ikaslearen, ikasle, ikasleak, oppilas, oppilaan, oppilaat, õpilane,
    õpilase, skolēns, skolēna, mokinys, mokinio, mokiniai, nxënësi, nxënës, nemandi, öğrenci, öğrencinin, μαθητής, μαθητή, μαθήτρια,
    μαθητές, μαθητών, ученик, ученика, ученики, ученици, учень, учня, учні, учащийся, disgybl, dalta, მოსწავლე, աշակերտ, participante, participantes,
    miembro, miembros, persona, personas`,
  username: `usuario, usuaria, nombre de usuario, nombre usuario, username, user name, user, user id, login, log in, utilisateur, identifiant,
    nom d'utilisateur, benutzername, benutzer, usuari, nom d'usuari, erabiltzailea, erabiltzaile, utilizador, utilizator, nome de utilizador, nome utente,
    utente, gebruikersnaam, gebruiker, brugernavn, brukernavn, användarnamn, notandanafn, käyttäjätunnus, kasutajanimi,
    lietotājvārds, naudotojo vardas, nazwa użytkownika, użytkownik, uživatelské jméno, používateľské meno, uporabniško ime, korisničko ime,
    felhasználónév, nume de utilizator, потребител, потребителско име, имя пользователя, логин, логін, όνομα χρήστη, χρήστης, kullanıcı adı, kullanıcı,
    корисничко име`,
  password: `contraseña, contraseñas, clave, password, passwords, passcode, contrasenya, contrasinal, pasahitza, mot de passe, palavra passe, senha,
    passwort, kennwort, wachtwoord, hasło, heslo, geslo, lozinka, parola, parolă, şifre, sifre, adgangskode, kodeord, passord, lösenord,
    lykilorð, salasana, parool, parole, slaptažodis, jelszó, fjalëkalimi, пароль, парола, лозинка, κωδικός, κωδικός πρόσβασης, cyfrinair,
    pasfhocal, pin`,
  display: `se ve, se ve como, nombre que se ve, nombre visible, nombre mostrado, alias, apodo, display, display name, displayname, shown as,
    nickname, nom affiché, anzeigename, nom visible`,
  role: `función, rol, perfil, cargo, puesto, papel, tipo, tipo de usuario, role, function, type, user type, funció, eginkizuna, rôle, rolle, funktion, função, ruolo,
    rola, roli, uloga, vloga, szerep, szerepkör, roolli, роль, роля, улога, ρόλος, görev`,
  group: `grupo, grupos, clase, clases, unidad, unidade, equipo, aula, sección, grupo clase, letra, letra del grupo, lletra, section, línea, group, groups, class, classes, team, form,
    year group, tutor group, reg, reg group, registration group, grup, grups, classe, classi, taldea, taldeak, talde, gela, ikasgela, équipe, klasse, klassen, gruppe, gruppen, turma,
    equipa, squadra, gruppo, sezione, klas, groep, klass, grupp, luokka, ryhmä, klase, grupa, grupė, klasė, klasa, oddział, třída, skupina, trieda,
    razred, skupina, odjel, odjeljenje, osztály, csoport, clasa, clasă, grupă, клас, класс, група, группа, одделение, одељење, паралелка, τάξη, τμήμα, ομάδα,
    sınıf, sınıfı, şube, şubesi, grubu, klasa, rang, dosbarth, კლასი, դասարան, bekkur, hópur`,
  level:
    'curso, cursos, nivel, niveau, grado, grade, grade level, year, year level, curs, maila, ano, année, anno, stufe, klassenstufe, jaar, leerjaar, årskurs, årstrinn, klassetrin, ročník, rocznik, jahrgang, jahrgangsstufe',
  other: `tutor, tutora, tutores, tutor legal, tutor 1, tutor 2, madre, padre, padres, progenitor, progenitora, guardián, guardian, guardians, parent, parents, mother,
    father, carer, contact, contacto, emergency, mare, pare, mère, père, responsable, mutter, vater, eltern, erziehungsberechtigte, erziehungsberechtigter, moeder, vader, ouder, ouders,
    madre, mamma, genitore, genitori, mãe, pai, encarregado, aita, ama, gurasoak, matka, ojciec, otec, rodič, rodiče, rodzic, majka, otac,
    roditelj, anya, apa, szülő, mama, tata, mor, far, foreldre, förälder, vanhempi, huoltaja, γονέας, μητέρα, πατέρας, πατρώνυμο, μητρώνυμο, майка, баща, мать, отец,
    родитель, мати, батько, anne, baba, veli, profesor, profesora, docente, teacher, lehrer,
    fecha, nacimiento, nacemento, naixement, jaioteguna, jaiotze, birth, birthday, birthdate, dob, date, naissance, nascita, nascimento, geburt, geburtstag, geburtsdatum, geboortedatum, data, datum,
    fødselsdato, födelsedatum, syntymäaika, urodzenia, narození, narodenia, rojstva, rođenja, születési, γέννησης, рождения, раждане, doğum, edad, age, edat, alter,
    âge, età, idade, sexo, sex, sexe, género, gender, geschlecht, genre,
    correo, correo electrónico, email, e mail, mail, e-mail, correu, courriel, posta, adresse, address, dirección, domicilio, teléfono, telefon, telèfon,
    phone, telephone, móvil, mobile, tel, handy, código postal, localidad, municipio, nacionalidad, nationality, país,
    número, num, no, n o, n, nº, nr, nro, number, nummer, numéro, numero, orden, id, identificador, identifier, id number, dni, nie, nif, nia, nuss, niu, cial, idalu, ralc, pen,
    upn, uuid, expediente, matrícula, código, code, codi, codice, codigo, kodea, registro, ref, α α, αα, р б, п п, sıra, lp, l p, poř, por, sn, observaciones, observacions, notas, notes, nota,
    remarks, preferred surname, preferred family name, preferred last name, person, né, née, nac, exp, proc, crt, pr, jrk, inițiala, tatălui, mamei, location, sis, policy, org, domicile, отчество, по батькові, patronymic, middle name, middle names, comments, comentarios, bemerkung, foto, photo, centro, center, school, escuela, colegio, idioma, language, repite, repetidor, religión, asignatura, materia, subject, estado, status,
    promedio, media, firma, signature, asistencia, faltas, last access, último acceso, alta, joined`,
  filler: `y, i, e, et, und, and, en, og, och, ja, si, a, in, innen, és, u, ve, και, и, та, й, eta, ir, un, da, dhe, agus, ac, և, de, del, de la, la, el, los, las, l, d, des, du, le, les, dell, della, di, do, dos, das, o, as, os, the, of, s, es, der, die, den,
    van, het, required, optional, requerido, obligatorio, obligatoria, opcional, legal, oficial, pflichtfeld, obligatoire, to, του, της, των, за, на`
};
