// Checks receipts with Go's own golang.org/x/mod/sumdb: note for signatures, tlog for the tree.
// GO111MODULE=off GOPATH=/usr/share/gocode go run bihuan_verify.go POLICY RECEIPT...   (Debian: golang-golang-x-mod-dev)
// One line per receipt: "good NAME" or "bad NAME: why"; exit status 1 where any is bad.
package main

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
	"os"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func need(holds bool, why string) {
	if !holds {
		panic(errors.New(why))
	}
}

func unbase64(text string, size int) []byte {
	data := must(base64.StdEncoding.Strict().DecodeString(text))
	need(base64.StdEncoding.EncodeToString(data) == text, "malformed base64")
	need(size < 0 || len(data) == size, "wrong length")
	return data
}

var decimal = regexp.MustCompile(`^(0|[1-9][0-9]{0,18})\z`)

func number(text string) int64 {
	need(decimal.MatchString(text), "malformed number")
	return must(strconv.ParseInt(text, 10, 64))
}

func goodName(name string) bool {
	return name != "" && utf8.ValidString(name) && strings.IndexFunc(name, func(r rune) bool {
		return unicode.IsSpace(r) || r == '+' || r < ' ' || r == '\ufeff'
	}) < 0
}

// A witness's key: timestamped Ed25519 (C2SP tlog-cosignature). Implements note.Verifier.
type witness struct {
	name   string
	id     uint32
	public ed25519.PublicKey
}

func (w witness) Name() string    { return w.name }
func (w witness) KeyHash() uint32 { return w.id }
func (w witness) Verify(msg, sig []byte) bool {
	if len(sig) != 72 || sig[0] > 127 {
		return false
	}
	said := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig), msg)
	return ed25519.Verify(w.public, []byte(said), sig[8:])
}

func readWitness(text string) witness {
	parts := strings.SplitN(text, "+", 3)
	need(len(parts) == 3 && goodName(parts[0]), "malformed key")
	body := unbase64(parts[2], 33)
	sum := sha256.Sum256([]byte(parts[0] + "\n" + string(body)))
	need(body[0] == 4 && fmt.Sprintf("%x", sum[:4]) == parts[1], "wrong key id")
	return witness{parts[0], binary.BigEndian.Uint32(sum[:4]), body[1:]}
}

type group struct {
	least   int
	members []string
}

type policy struct {
	logs      []note.Verifier
	witnesses map[string]witness
	groups    map[string]group
	quorum    string
}

func readPolicy(text string) policy {
	p := policy{witnesses: map[string]witness{}, groups: map[string]group{}}
	for _, line := range strings.Split(text, "\n") {
		word := strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '\t' })
		if len(word) == 0 || strings.HasPrefix(word[0], "#") {
			continue
		}
		switch word[0] {
		case "log":
			p.logs = append(p.logs, must(note.NewVerifier(word[1])))
		case "witness":
			p.witnesses[word[1]] = readWitness(word[2])
		case "group":
			least := map[string]int{"all": len(word) - 3, "any": 1}[word[2]]
			if least == 0 {
				least = int(number(word[2]))
			}
			p.groups[word[1]] = group{least, word[3:]}
		case "quorum":
			p.quorum = word[1]
		default:
			need(false, "cannot read the policy: "+line)
		}
	}
	need(p.quorum != "", "the policy has no quorum")
	return p
}

func (p policy) enough(name string, seen map[string]bool) bool {
	if _, there := p.witnesses[name]; there || name == "none" {
		return name == "none" || seen[name]
	}
	count := 0
	for _, one := range p.groups[name].members {
		if p.enough(one, seen) {
			count++
		}
	}
	return count >= p.groups[name].least && count > 0
}

// The verifiers that count for this note: logs of its origin, and every witness.
func (p policy) open(text string) (int64, tlog.Hash) {
	origin := strings.SplitN(text, "\n", 2)[0]
	known, logs := []note.Verifier{}, map[uint32]bool{}
	for _, one := range p.logs {
		if one.Name() == origin {
			known, logs[one.KeyHash()] = append(known, one), true
		}
	}
	names := map[string][]string{}
	for name, one := range p.witnesses {
		known = append(known, one)
		names[fmt.Sprint(one.name, one.id)] = append(names[fmt.Sprint(one.name, one.id)], name)
	}
	opened := must(note.Open([]byte(text), note.VerifierList(known...)))
	signed, seen := false, map[string]bool{}
	for _, sig := range opened.Sigs {
		signed = signed || (sig.Name == origin && logs[sig.Hash])
		for _, name := range names[fmt.Sprint(sig.Name, sig.Hash)] {
			seen[name] = true
		}
	}
	need(signed, "the log did not sign")
	need(p.enough(p.quorum, seen), "too few witnesses")
	lines := strings.Split(text[strings.LastIndex(text, "\n\n")+2:len(text)-1], "\n")
	for _, line := range lines { // note.Open takes several spellings of one signature; a receipt has one
		parts := strings.Split(line, " ")
		need(len(parts) == 3 && goodName(parts[1]), "malformed signature line")
		unbase64(parts[2], -1)
	}
	parts := strings.Split(opened.Text, "\n")
	need(len(parts) == 4 && goodName(parts[0]), "a checkpoint has three lines")
	var root tlog.Hash
	copy(root[:], unbase64(parts[2], 32))
	return number(parts[1]), root
}

func checkEntry(entry []byte) []byte {
	need(len(entry) >= 80 && string(entry[:4]) == "DGE1" && entry[4] >= 1 && entry[4] <= 8, "no entry")
	need((entry[5] == 1 || entry[5] == 2) && entry[6] == 0 && entry[7] == 0, "no entry")
	ms := binary.BigEndian.Uint64(entry[8:])
	need(ms < 1<<63 && ms%60000 == 0, "the time is not a whole minute")
	need(len(entry) == 80 || strings.IndexByte("\x02\x03\x04\x07\x08", entry[4]) >= 0, "no payload is allowed")
	need(len(entry) <= 60080, "payload too long")
	return entry
}

func openExtra(data []byte) []byte {
	need(len(data) >= 4, "the extra cannot be read")
	if string(data[:4]) == "DGE1" {
		return checkEntry(data)
	}
	rest := data
	take := func(count uint32) []byte {
		need(uint64(count) <= uint64(len(rest)), "the extra is cut off")
		found := rest[:count]
		rest = rest[count:]
		return found
	}
	head, tag := append([]byte{}, take(16)...), take(32)
	flags := head[7]
	need(string(head[:4]) == "DGO1" && head[6] == 0 && flags < 16, "the extra cannot be read")
	need(head[5] == 1 || head[5] == 2, "unknown hash")
	hash := map[byte]func([]byte) [32]byte{1: sha256.Sum256, 2: sm3}[head[5]]
	if flags&8 != 0 {
		mac := hmac.New(sha256.New, tag)
		mac.Write(append([]byte("dg-tag1\x00"), take(4)...))
		tag = mac.Sum(nil)
	}
	closed := []byte("dg-cmt1\x00")
	for i := byte(0); i < 3; i++ {
		group := take(32)
		if flags&(1<<i) != 0 {
			said := append(append([]byte("dg-grp1\x00"), i), group...)
			sum := hash(append(said, take(binary.BigEndian.Uint32(take(4)))...))
			group = sum[:]
		}
		closed = append(closed, group...)
	}
	need(len(rest) == 0, "the extra goes on")
	sum := hash(closed)
	copy(head, "DGE1")
	head[7] = 0
	return checkEntry(append(append(head, tag...), sum[:]...))
}

func sm3(data []byte) (out [32]byte) {
	v := [8]uint32{0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e}
	rot := bits.RotateLeft32
	pad := append(append([]byte{}, data...), 0x80)
	for len(pad)%64 != 56 {
		pad = append(pad, 0)
	}
	pad = binary.BigEndian.AppendUint64(pad, uint64(len(data))*8)
	for ; len(pad) > 0; pad = pad[64:] {
		var w [68]uint32
		for i := range w {
			if i < 16 {
				w[i] = binary.BigEndian.Uint32(pad[4*i:])
				continue
			}
			x := w[i-16] ^ w[i-9] ^ rot(w[i-3], 15)
			w[i] = x ^ rot(x, 15) ^ rot(x, 23) ^ rot(w[i-13], 7) ^ w[i-6]
		}
		s := v
		for i := 0; i < 64; i++ {
			t, ff, gg := uint32(0x79cc4519), s[0]^s[1]^s[2], s[4]^s[5]^s[6]
			if i >= 16 {
				t, ff, gg = 0x7a879d8a, s[0]&s[1]|s[0]&s[2]|s[1]&s[2], s[4]&s[5]|^s[4]&s[6]
			}
			s1 := rot(rot(s[0], 12)+s[4]+rot(t, i%32), 7)
			t1 := ff + s[3] + (s1 ^ rot(s[0], 12)) + (w[i] ^ w[i+4])
			t2 := gg + s[7] + s1 + w[i]
			s = [8]uint32{t1, s[0], rot(s[1], 9), s[2], t2 ^ rot(t2, 9) ^ rot(t2, 17), s[4], rot(s[5], 19), s[6]}
		}
		for i := range v {
			v[i] ^= s[i]
		}
	}
	for i, one := range v {
		binary.BigEndian.PutUint32(out[4*i:], one)
	}
	return out
}

func verify(data []byte, p policy) (err error) {
	defer func() {
		if why := recover(); why != nil {
			err = fmt.Errorf("%v", why)
		}
	}()
	need(utf8.Valid(data), "no receipt")
	parts := strings.SplitN(string(data), "\n\n", 2)
	lines := strings.Split(parts[0], "\n")
	need(len(parts) == 2 && len(lines) >= 3 && len(lines) <= 66 && lines[0] == "c2sp.org/tlog-proof@v1", "no receipt")
	need(strings.HasPrefix(lines[1], "extra ") && strings.HasPrefix(lines[2], "index "), "no receipt")
	entry := openExtra(unbase64(lines[1][6:], -1))
	index := number(lines[2][6:])
	var path tlog.RecordProof
	for _, line := range lines[3:] {
		var hash tlog.Hash
		copy(hash[:], unbase64(line, 32))
		path = append(path, hash)
	}
	size, root := p.open(parts[1])
	return tlog.CheckRecord(path, size, root, index, tlog.RecordHash(entry))
}

func main() {
	p := readPolicy(string(must(os.ReadFile(os.Args[1]))))
	bad := 0
	for _, name := range os.Args[2:] {
		if err := verify(must(os.ReadFile(name)), p); err != nil {
			bad = 1
			fmt.Printf("bad %s: %v\n", name, err)
		} else {
			fmt.Printf("good %s\n", name)
		}
	}
	os.Exit(bad)
}
